// A disk that can be filled: a small file system in memory, with a file that takes all free space
// and releases it.
import { spawnSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  directory: string
  /** Takes all free space. */
  fill(): Promise<void>
  /** Releases the space. */
  free(): Promise<void>
  close(): Promise<void>
}

/** Large enough for everything that a fault writes, small enough to be filled quickly. */
const MEGABYTES = 768

/** Returns the reason when the machine or the account cannot mount a file system. */
export async function mountSmallDisk(): Promise<SmallDisk | string> {
  const directory = await mkdtemp(join(tmpdir(), 'loyapro-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m,mode=1777`, 'loyapro', directory], {
    encoding: 'utf8',
  })
  if (mounted.status !== 0) {
    await rm(directory, { recursive: true })
    const why = mounted.error?.message ?? mounted.stderr.trim().split('\n').at(-1) ?? ''
    return `no small disk could be mounted (${why})`
  }
  const balloon = join(directory, 'balloon')
  const unmount = () => void spawnSync('umount', ['-l', directory])
  process.once('exit', unmount)
  return {
    directory,
    fill: () => fill(balloon),
    free: () => rm(balloon, { force: true }),
    async close() {
      process.off('exit', unmount)
      if (spawnSync('umount', [directory]).status !== 0) unmount()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function fill(balloon: string): Promise<void> {
  const file = await open(balloon, 'a')
  try {
    for (const block of [Buffer.alloc(1024 * 1024, 1), Buffer.alloc(4096, 1)]) await fillWith(file, block)
  } finally {
    await file.close()
  }
}

async function fillWith(file: Awaited<ReturnType<typeof open>>, block: Buffer): Promise<void> {
  try {
    for (;;) await file.appendFile(block)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}
