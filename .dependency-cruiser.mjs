// Which part may import which (ARCHITECTURE.md), checked by `npm run layers`.

/**
 * Every part of src with all that it may import besides itself, lowest first. A part that is not
 * listed may import nothing.
 */
const ARROWS = [
  ['kernel'],
  ['db', 'contract', 'kernel'],
  ['events', 'db', 'contract', 'kernel'],
  ['activity', 'db', 'contract', 'kernel'],
  ['ledger', 'events', 'db', 'contract', 'kernel'],
  ['messages', 'contract', 'kernel'],
  ['integrations', 'contract', 'kernel'],
  ['businesses', 'integrations', 'ledger', 'db', 'contract', 'kernel'],
  ['mail', 'businesses', 'db', 'contract', 'kernel'],
  ['staff', 'mail', 'businesses', 'db', 'contract', 'kernel'],
  ['customers', 'ledger', 'events', 'db', 'contract', 'kernel'],
  ['catalogue', 'integrations', 'db', 'contract', 'kernel'],
  ['identity', 'messages', 'customers', 'db', 'contract', 'kernel'],
  ['programs', 'ledger', 'events', 'db', 'contract', 'kernel'],
  ['archive', 'integrations', 'db', 'contract', 'kernel'],
  [
    'orders',
    'identity',
    'archive',
    'integrations',
    'programs',
    'customers',
    'businesses',
    'ledger',
    'events',
    'db',
    'contract',
    'kernel',
  ],
]
const BELOW_REWARDS = [...new Set(ARROWS.flat())]
ARROWS.push(['rewards', ...BELOW_REWARDS], ['earning', ...BELOW_REWARDS])
ARROWS.push(['figures', 'programs', 'ledger', 'events', 'db', 'contract', 'kernel'])
const BELOW_INGEST = [...BELOW_REWARDS, 'rewards', 'earning', 'figures']
ARROWS.push(['reports', ...BELOW_REWARDS], ['audit', 'reports', ...BELOW_INGEST], ['ingest', ...BELOW_INGEST])
ARROWS.push(['backtests', 'reports', ...BELOW_INGEST])
const BELOW_INSTALLATIONS = [...BELOW_INGEST, 'ingest']
ARROWS.push(['installations', ...BELOW_INSTALLATIONS], ['merge', 'installations', ...BELOW_INSTALLATIONS])
ARROWS.push(['privacy', 'http/idempotency-keys', 'installations', ...BELOW_INSTALLATIONS])
const BELOW_SERVER = [
  ...BELOW_INSTALLATIONS,
  'installations',
  'merge',
  'privacy',
  'audit',
  'reports',
  'mail',
  'staff',
  'backtests',
  'activity',
]
/** What http and worker know of the server: what is passed to them. */
ARROWS.push(
  ['server/(config|log|metrics)', 'integrations', 'mail/smtp', 'contract', 'kernel'],
  ['ingest/thread/main', 'server/log', ...BELOW_INGEST, 'ingest'],
  ['server/context', 'server/(config|log|metrics)', ...BELOW_SERVER],
  ['http/idempotency-keys', 'db', 'kernel'],
  ['worker/back-test-thread', 'worker/businesses', 'server/log', 'kernel', 'db', 'backtests'],
  ['demo', ...BELOW_SERVER],
  ['worker', 'http/idempotency-keys', 'server/(context|config|log|metrics)', 'demo', ...BELOW_SERVER],
  ['http', 'server/(context|config|log|metrics)', 'demo', ...BELOW_SERVER],
  ['server', 'http', 'worker', 'demo', ...BELOW_SERVER],
  ['cli', 'server', 'http', 'worker', 'demo', ...BELOW_SERVER],
)

const TESTS = '\\.test\\.ts$|^test/'

const HARNESS_WITHOUT_ENGINE = '^tools/harness/http-client\\.ts$'

const isPart = (part) => (part === 'contract' ? '^contract/' : `^src/${part}(/|\\.ts$)`)
/** Files of a part that are a part of their own. */
const within = (part) =>
  ARROWS.map(([other]) => other)
    .filter((other) => other.startsWith(`${part}/`))
    .map(isPart)

const arrows = ARROWS.map(([part, ...others]) => ({
  name: `${part} imports only ${others.join(', ') || 'itself'}`,
  severity: 'error',
  from: { path: isPart(part), pathNot: [TESTS, ...within(part)] },
  to: { path: '^(src|contract|web|scripts|tools|test)/', pathNot: [part, ...others].map(isPart) },
}))

export default {
  forbidden: [
    ...arrows,
    {
      name: 'every part of src has its place among the arrows',
      severity: 'error',
      from: { path: '^src/', pathNot: [...ARROWS.map(([part]) => isPart(part)), TESTS] },
      to: {},
    },
    {
      name: 'what reads the documents of a POS is pure',
      severity: 'error',
      from: { path: '^src/integrations/[^/]+/read', pathNot: TESTS },
      to: { path: '^src/', pathNot: ['^src/integrations/', '^src/kernel/'] },
    },
    {
      name: 'contract imports nothing of ours and nothing of Node: the browser imports it too',
      severity: 'error',
      from: { path: '^contract/', pathNot: TESTS },
      to: { pathNot: ['^contract/', '^node_modules/typebox/'] },
    },
    {
      name: 'web imports only contract',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|scripts|test|tools)/' },
    },
    {
      name: 'screens use Mantine, charts and fonts only through web/ui',
      severity: 'error',
      from: { path: '^web/(app|api|words)/' },
      to: { path: '^node_modules/(@mantine|@types/d3|d3-|@fontsource)' },
    },
    {
      name: 'the card of a customer is drawn by Preact alone, and knows nothing of the dashboard',
      severity: 'error',
      from: { path: '^web/card/', pathNot: TESTS },
      to: { path: '^(web|node_modules)/', pathNot: ['^web/(card|theme/shapes)', '^node_modules/preact/'] },
    },
    {
      name: 'what screens are made of knows no screen',
      severity: 'error',
      from: { path: '^web/(ui|api|words|theme)/', pathNot: TESTS },
      to: { path: '^web/app/' },
    },
    {
      name: 'the simulator shares no code with the engine: a model that did would prove nothing',
      severity: 'error',
      from: { path: '^tools/simulator/', pathNot: ['^tools/simulator/(foodics|cli)/', TESTS] },
      to: { path: '^(src|web|scripts|test|tools)/', pathNot: ['^tools/simulator/', HARNESS_WITHOUT_ENGINE] },
    },
    {
      name: 'what the simulator uses of the harness shares no code with the engine either',
      severity: 'error',
      from: { path: HARNESS_WITHOUT_ENGINE },
      to: { path: '^(src|contract|web|scripts|test|tools)/' },
    },
    {
      name: 'the Foodics server imports only the documents of Foodics and the kernel',
      severity: 'error',
      from: { path: '^tools/simulator/foodics/', pathNot: TESTS },
      to: {
        path: '^(src|contract|web|scripts|test|tools)/',
        pathNot: ['^tools/simulator/foodics/', '^src/integrations/foodics/fixtures/', '^src/kernel/'],
      },
    },
    {
      name: 'nothing in production imports tools or tests',
      severity: 'error',
      from: { path: '^(src|contract|web)/', pathNot: TESTS },
      to: { path: `^tools/|${TESTS}` },
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
    { name: 'every import resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^web/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
