// Who may know whom (ARCHITECTURE.md): the arrows between the parts, held by `npm run layers`.

/** Every part of src with all that it may import beside itself, from the ground up. A part that is not listed may import nothing. */
const ARROWS = [
  ['kernel'],
  ['db', 'kernel'],
  ['ledger', 'db', 'kernel'],
  ['pos', 'contract', 'kernel'],
  ['programs', 'ledger', 'db', 'contract', 'kernel'],
  ['customers', 'ledger', 'db', 'contract', 'kernel'],
  ['businesses', 'ledger', 'db', 'contract', 'kernel'],
  ['rewards', 'programs', 'ledger', 'db', 'contract', 'kernel'],
  ['orders', 'rewards', 'businesses', 'customers', 'programs', 'pos', 'ledger', 'db', 'contract', 'kernel'],
  ['connector', 'orders', 'businesses', 'customers', 'pos', 'db', 'contract', 'kernel'],
  [
    'till',
    'connector',
    'orders',
    'rewards',
    'businesses',
    'customers',
    'programs',
    'pos',
    'ledger',
    'db',
    'contract',
    'kernel',
  ],
  ['config', 'kernel'],
  ['log', 'kernel'],
  ['metrics', 'kernel'],
]
const BELOW_CONTEXT = [...new Set(ARROWS.flat())]
ARROWS.push(
  ['context', ...BELOW_CONTEXT],
  ['worker', 'context', ...BELOW_CONTEXT],
  ['http', 'context', ...BELOW_CONTEXT],
  ['app', 'http', 'context', ...BELOW_CONTEXT],
)
/** What starts and steers a process stands above everything. */
const TOP = ['main', 'cli', 'start', 'run', 'runtime', 'ingest-thread', 'demo']

const TESTS = '\\.test\\.ts$|/(testing|arbitraries)\\.ts$|^test/'

const isPart = (part) => (part === 'contract' ? '^contract/' : `^src/${part}(/|\\.ts$)`)

const arrows = ARROWS.map(([part, ...others]) => ({
  name: `${part} knows only ${others.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: isPart(part), pathNot: TESTS },
  to: { path: '^(src|contract|web|scripts|simulator|bench)/', pathNot: [part, ...others].map(isPart) },
}))

export default {
  forbidden: [
    ...arrows,
    {
      name: 'every part of src has its place among the arrows',
      severity: 'error',
      from: { path: '^src/', pathNot: [...ARROWS.map(([part]) => isPart(part)), ...TOP.map(isPart), TESTS] },
      to: {},
    },
    {
      name: 'contract knows nothing of ours and nothing of Node: the browser imports it too',
      severity: 'error',
      from: { path: '^contract/', pathNot: TESTS },
      to: { pathNot: ['^contract/', '^node_modules/typebox/'] },
    },
    {
      name: 'web knows only contract',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|scripts|test|simulator|bench)/' },
    },
    {
      name: 'the simulator knows only contract: what it says of the engine is not worth much if it shares a line with it',
      severity: 'error',
      from: { path: '^simulator/', pathNot: '^simulator/foodics/' },
      to: { path: '^(src|web|scripts|test|bench)/' },
    },
    {
      name: 'the Foodics server knows only the bodies of Foodics and the kernel',
      severity: 'error',
      from: { path: '^simulator/foodics/', pathNot: TESTS },
      to: {
        path: '^(src|contract|web|scripts|test|bench|simulator)/',
        pathNot: ['^simulator/foodics/', '^src/pos/foodics/fixture', '^src/kernel/'],
      },
    },
    {
      name: 'nobody imports tests',
      severity: 'error',
      from: { path: '^(src|contract|web)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'what runs in production needs no devDependency',
      severity: 'error',
      from: { path: '^(src|contract)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every package is named in package.json',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'every import leads somewhere', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
