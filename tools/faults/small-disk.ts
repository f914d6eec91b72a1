// A disk that can be full: a small file system in memory, with a balloon in it that takes what is
// free and gives it back.
import { spawnSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  directory: string
  /** Takes every byte that is free now. */
  fill(): Promise<void>
  /** Gives them back. */
  free(): Promise<void>
  close(): Promise<void>
}

/** Large enough for all that a fault writes, small enough to be filled at once. */
const MEGABYTES = 768

/** Why there is none, where this machine or this account may not mount one. */
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
