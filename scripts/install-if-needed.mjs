// Installs the packages of package-lock.json when those in node_modules are not them. Runs on any
// Node from 20 on, before the pinned one is there.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const reason = whyInstall()
if (reason !== null) {
  console.error(`Installing packages: ${reason}.`)
  const { status, error } = spawnSync('npm', ['ci', '--include=dev'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(
      `Could not install packages${error ? ` (${error.message})` : ''}. Check that the npm registry is reachable.`,
    )
    process.exitCode = 1
  }
}

/** @returns {string | null} null when everything is in place */
function whyInstall() {
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  if (wanted === null) return null
  if (present === null) return 'there are none yet'
  for (const [path, { version, integrity, optional, os, cpu, libc, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue
    const found = present[path]
    const absent = found === undefined || !existsSync(`${root}${path}`)
    if (absent && optional && !isForHere({ os, cpu, libc })) continue
    if (absent) return `${path} is missing`
    if (found.version !== version || found.integrity !== integrity) return `${path} has another version`
  }
  const extra = Object.keys(present).find((path) => wanted[path] === undefined)
  if (extra !== undefined) return `${extra} is no longer wanted`
  return whyNotNode(wanted['node_modules/node']?.version)
}

/** @returns {Record<string, any> | null} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * An optional package is the build of another for one platform; one that names no platform may fail
 * to install.
 */
function isForHere({ os, cpu, libc }) {
  if (os === undefined && cpu === undefined) return false
  return admits(os, process.platform) && admits(cpu, process.arch) && (libc === undefined || admits(libc, libcOfHere()))
}

function libcOfHere() {
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}

function admits(list, name) {
  return list === undefined || list.includes(name)
}

/** The pinned Node is put in place by an install script, which may have been kept from running. */
function whyNotNode(version) {
  try {
    const answer = execFileSync(`${root}node_modules/.bin/node`, ['--version'], { encoding: 'utf8' }).trim()
    return answer === `v${version}` ? null : `node_modules/.bin/node is ${answer} and should be v${version}`
  } catch {
    return 'node_modules/.bin/node does not run'
  }
}
