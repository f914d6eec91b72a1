// Installs the packages of package-lock.json when node_modules differs from it. Runs on any Node
// from 20 on, before the pinned version is installed.
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

/** @returns {string | null} null when nothing has to be installed */
function whyInstall() {
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  if (wanted === null) return null
  if (present === null) return 'node_modules is empty'
  for (const [path, { version, integrity, optional, os, cpu, libc, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue
    const found = present[path]
    const absent = found === undefined || !existsSync(`${root}${path}`)
    if (absent && optional && !matchesPlatform({ os, cpu, libc })) continue
    if (absent) return `${path} is missing`
    if (found.version !== version || found.integrity !== integrity) return `${path} has a different version`
  }
  const extra = Object.keys(present).find((path) => wanted[path] === undefined)
  if (extra !== undefined) return `${extra} is no longer required`
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
 * An optional package is a build of another package for one platform. One that names no platform
 * may fail to install.
 */
function matchesPlatform({ os, cpu, libc }) {
  if (os === undefined && cpu === undefined) return false
  return (
    allows(os, process.platform) && allows(cpu, process.arch) && (libc === undefined || allows(libc, currentLibc()))
  )
}

function currentLibc() {
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}

function allows(list, name) {
  return list === undefined || list.includes(name)
}

/** An install script installs the pinned Node; npm may not have run it. */
function whyNotNode(version) {
  try {
    const actual = execFileSync(`${root}node_modules/.bin/node`, ['--version'], { encoding: 'utf8' }).trim()
    return actual === `v${version}` ? null : `node_modules/.bin/node is ${actual} and should be v${version}`
  } catch {
    return 'node_modules/.bin/node does not run'
  }
}
