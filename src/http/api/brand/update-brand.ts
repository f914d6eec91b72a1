// PATCH /api/v1/business/brand: changes colours, the design of the card, or the logo.
import { Brand, BrandChanges } from '../../../../contract/api/brand.ts'
import { type ColorProblem, colorProblems, type ShopColors } from '../../../../contract/brand.ts'
import type { Text } from '../../../../contract/errors.ts'
import { fieldError } from '../../../../contract/field-error.ts'
import { findBrand, updateBrand } from '../../../businesses/brand.ts'
import {
  type Logo,
  MAX_LOGO_BYTES,
  MAX_LOGO_SIDE,
  MIN_LOGO_SIDE,
  type ReadLogoOutcome,
  readLogo,
} from '../../../businesses/logo.ts'
import { raiseConfigVersion } from '../../../db/config-version.ts'
import type { AppContext } from '../../../server/context.ts'
import { refusal } from '../../plugins/validation.ts'
import { invalid } from '../../problem.ts'
import type { ApiServer } from '../../server.ts'
import { writeTenant } from '../../tenant.ts'
import { brandToJson } from './get-brand.ts'

export function registerUpdateBrand(app: ApiServer, ctx: AppContext): void {
  app.patch(
    '/business/brand',
    {
      config: {
        scope: 'business:write',
        problems: ['idempotency_key_reused', 'idempotency_in_progress'],
        row: 'brands',
      },
      schema: {
        tags: ['Business'],
        operationId: 'updateBrand',
        summary: 'Update the brand',
        description:
          'Absent members stay. Colours that cannot be read on each other are refused; the error names the nearest shade that can.',
        body: BrandChanges,
        response: { 200: Brand },
      },
    },
    (request, reply) => {
      const { colors, card, logo } = request.body
      const picture = typeof logo === 'string' ? logoOf(logo) : logo
      return writeTenant(ctx, request, reply, async (tx) => {
        const { businessId } = request.caller
        // Locks the business: two changes of a part of it wait for each other.
        await raiseConfigVersion(tx, businessId)
        const now = await findBrand(tx, businessId)
        const changed = colors && readable({ ...now.colors, ...lowerCase(colors) })
        const changes = {
          ...(changed && { colors: changed }),
          ...(card && { card: { ...now.card, ...card } }),
          ...(picture !== undefined && { logo: picture }),
        }
        return brandToJson(businessId, await updateBrand(tx, businessId, changes, ctx.clock.now()))
      })
    },
  )
}

function lowerCase(colors: Partial<ShopColors>): Partial<ShopColors> {
  return Object.fromEntries(Object.entries(colors).map(([name, color]) => [name, color.toLowerCase()]))
}

function readable(colors: ShopColors): ShopColors {
  const problems = colorProblems(colors)
  if (problems.length > 0) throw refusal(problems.map(unreadable))
  return colors
}

function unreadable({ color, contrast, least, instead }: ColorProblem) {
  // Rounded down: what is refused never looks as if it were enough.
  const has = (Math.floor(contrast * 100) / 100).toFixed(2)
  const { en, ar } = ON[color]
  return fieldError(
    `/colors/${color}`,
    `has a contrast of ${has}:1 with ${en}, and needs ${least}:1. The nearest shade that has it is ${instead}.`,
    `تباينه مع ${ar} هو ${has}:1، والمطلوب ${least}:1. وأقرب درجة مناسبة هي ${instead}.`,
  )
}

const ON: Record<ColorProblem['color'], Text> = {
  shop: { en: 'the text on it (ink)', ar: 'لون النص فوقه (ink)' },
  ink: { en: 'the ground (shop)', ar: 'لون الخلفية (shop)' },
  warm: { en: 'the ground (shop)', ar: 'لون الخلفية (shop)' },
  text: { en: 'a light page', ar: 'الصفحة الفاتحة' },
}

function logoOf(base64: string): Logo {
  const outcome = readLogo(base64)
  if (outcome.kind === 'logo') return outcome.logo
  const { en, ar } = LOGO_REFUSED[outcome.kind]
  throw invalid('/logo', en, ar)
}

const LOGO_REFUSED: Record<Exclude<ReadLogoOutcome['kind'], 'logo'>, Text> = {
  not_base64: { en: 'must be Base64 with its padding', ar: 'يجب أن يكون بترميز Base64 كاملًا' },
  too_large: {
    en: `must be at most ${MAX_LOGO_BYTES / 1024} KiB: make the picture smaller`,
    ar: `يجب ألا يتجاوز حجم الصورة ${MAX_LOGO_BYTES / 1024} كيلوبايت: صغّرها`,
  },
  not_a_picture: {
    en: 'must be a whole PNG, JPEG or WebP picture; other formats, e.g. SVG, must be converted first',
    ar: 'يجب أن يكون صورة كاملة بصيغة PNG أو JPEG أو WebP، وتُحوَّل الصيغ الأخرى مثل SVG أولًا',
  },
  wrong_dimensions: {
    en: `must have sides of ${MIN_LOGO_SIDE} to ${MAX_LOGO_SIDE} pixels`,
    ar: `يجب أن يكون كل ضلع من ${MIN_LOGO_SIDE} إلى ${MAX_LOGO_SIDE} بكسل`,
  },
}
