// Compressors that are reused: creating one and loading its dictionary takes four times as long as
// compressing a record.
import { constants } from 'node:zlib'
// Node's zlib compresses synchronously only with a new compressor for each text. This package uses
// the same zstd.
import { LRUCache } from 'lru-cache'
import { ZstdCompress } from 'minizlib'
import { must } from '../kernel/assert.ts'
import { PARAMS } from './codec.ts'

export interface Compressors {
  /**
   * Compresses a text that resembles the dictionary, on the calling thread. Passing a text of this
   * size to another thread costs the caller the same time and the process four times as much
   * (measured on Node 26 with records of 9 kB).
   */
  compress(source: Buffer, dictionary: Buffer): Buffer
}

/**
 * One compressor per dictionary (100 kB with a dictionary of 8 kB). The least recently used one is
 * closed.
 */
export function createCompressors(most = 256): Compressors {
  const ready = new LRUCache<Buffer, ZstdCompress>({
    max: most,
    dispose: (compressor, _, reason) => reason === 'evict' && compressor.close(),
  })
  return {
    compress(source, dictionary) {
      const compressor = ready.get(dictionary) ?? open(dictionary)
      // Removed while it works, so that a compressor that failed is not used again.
      ready.delete(dictionary)
      compressor.write(source)
      const bytes = must(compressor.read(), 'what was compressed')
      ready.set(dictionary, compressor)
      return bytes
    },
  }
}

/**
 * Node allocates a chunk for each text, by default 16 kB; most records compress to less than this.
 */
const CHUNK_BYTES = 1_024

function open(dictionary: Buffer): ZstdCompress {
  const options = {
    dictionary,
    params: {
      ...PARAMS,
      // For a text that is nearly in the dictionary, level 1 finds the same matches as level 5 in
      // less time. Matches are long, and shorter ones only split them.
      [constants.ZSTD_c_compressionLevel]: 1,
      [constants.ZSTD_c_minMatch]: 7,
      // The result is as small as with the larger default tables, also for a large order with a
      // small dictionary.
      [constants.ZSTD_c_hashLog]: 12,
    },
    chunkSize: CHUNK_BYTES,
    // Every text becomes a zstd frame of its own.
    flush: constants.ZSTD_e_end,
  }
  return new ZstdCompress(options)
}
