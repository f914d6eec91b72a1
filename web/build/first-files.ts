// A Vite plugin: the files of the first view are few, and the page names them all, so that the browser
// asks for everything at once. What belongs to some pages alone is marked `data-screen`; the server
// removes it from the others.
import { fileURLToPath } from 'node:url'
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle

/** Each with all that it imports and an earlier one has not. What further screens share is in `shell`. */
export const FIRST_CHUNKS = [
  { name: 'main', test: /app\/main\.ts$/, priority: 4 },
  // What sign-in and the shell share is here, so that neither loads the other.
  { name: 'start', test: /app\/(?:start|choices)\.tsx?$|ui\/(?:field|form|layout|logo|why)\.tsx$/, priority: 3 },
  {
    name: 'shell',
    test: /app\/shell\/shell\.tsx$|ui\/(?:card|chip|glyph|values)\.tsx$|api\/programs\.ts$/,
    priority: 2,
  },
  { name: 'home', test: /app\/home\/home\.tsx$/, priority: 1 },
  { name: 'sign-in', test: /app\/sign-in\/sign-in\.tsx$/, priority: 1 },
]

export function firstFiles(): Plugin {
  return {
    name: 'loyapro:first-files',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const named = filesOf(bundle, 'app/main.ts')
        return [
          ...tagsOf(bundle, 'app/start.tsx', named),
          ...tagsOf(bundle, 'app/shell/shell.tsx', named, 'shell'),
          ...tagsOf(bundle, 'app/home/home.tsx', named, 'home'),
          ...tagsOf(bundle, 'app/sign-in/sign-in.tsx', named, 'sign-in'),
        ]
      },
    },
  }
}

/** Links to the files of a module that no link names yet. */
function tagsOf(
  bundle: Bundle,
  module: string,
  named: Set<string>,
  screen?: 'shell' | 'home' | 'sign-in',
): HtmlTagDescriptor[] {
  const files = [...filesOf(bundle, module)].filter((file) => !named.has(file))
  // Sign-in and Home are never open together.
  if (screen === undefined || screen === 'shell') for (const file of files) named.add(file)
  return files.map((file) => ({
    tag: 'link',
    attrs: {
      rel: file.endsWith('.css') ? 'stylesheet' : 'modulepreload',
      crossorigin: '',
      href: `/app/${file}`,
      ...(screen !== undefined && { 'data-screen': screen }),
    },
    injectTo: 'head',
  }))
}

/** Scripts and styles that the module needs before it can run. */
function filesOf(bundle: Bundle, module: string): Set<string> {
  const id = fileURLToPath(new URL(`../${module}`, import.meta.url))
  const first = Object.values(bundle).find((one) => one.type === 'chunk' && one.moduleIds.includes(id))
  if (!first) throw new Error(`${module} is not part of the build`)
  const files = new Set<string>()
  const visit = (file: string) => {
    const chunk = bundle[file]
    if (files.has(file) || chunk?.type !== 'chunk') return
    files.add(file)
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style)
    chunk.imports.forEach(visit)
  }
  visit(first.fileName)
  return files
}
