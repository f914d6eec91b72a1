// Compressors that stay: to make one and teach it its dictionary takes four times as long as to
// pack a frame with it.
import { constants } from 'node:zlib'
// Node's own zlib packs without waiting only with a compressor that is made for one text; this is
// the same zstd.
import { LRUCache } from 'lru-cache'
import { ZstdCompress } from 'minizlib'
import { must } from '../kernel/assert.ts'
import { PARAMS } from './codec.ts'

export interface Compressors {
  /**
   * For a text that is much like the dictionary. On the calling thread: handing a text of this size
   * to another one costs this one as much, and the process four times as much (measured on Node 26
   * with frames of 9 kB).
   */
  compress(source: Buffer, dictionary: Buffer): Buffer
}

/** One for each dictionary, 100 kB with one of 8 kB; those that were used longest ago make room. */
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
 * Node makes room for a whole chunk each time, of 16 kB where nothing is said; what comes out is
 * mostly less than this.
 */
const CHUNK_BYTES = 1_024

function open(dictionary: Buffer): ZstdCompress {
  const options = {
    dictionary,
    params: {
      ...PARAMS,
      // Of a text that is nearly in the dictionary level 1 finds what 5 finds, in less time. What
      // is alike is long, and shorter matches only break it up.
      [constants.ZSTD_c_compressionLevel]: 1,
      [constants.ZSTD_c_minMatch]: 7,
      // As small as with the larger tables that zstd would take, also of a large order beside a
      // small dictionary.
      [constants.ZSTD_c_hashLog]: 12,
    },
    chunkSize: CHUNK_BYTES,
    // Each text that is written is a frame of its own.
    flush: constants.ZSTD_e_end,
  }
  return new ZstdCompress(options)
}
