// The card of a customer: the shop, its stamps, balances, rewards, and the main button. It is drawn
// by Preact, in the page of the customer and in the preview of the settings alike.
/** @jsxImportSource preact */
import { PROGRAM_SHAPES, RIYAL } from '../theme/shapes.ts'
import css from './card.module.css'
import { SealPattern, Stamps } from './seal.tsx'
import type { CardBalance, CardReward, CardStamps, CardView } from './view.ts'

export function CustomerCard({ language, shop, greeting, otherLanguage, ...view }: CardView) {
  const { stamps, balances, rewards, show, history } = view
  return (
    <div class={css.card} lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'} style={colorsOf(shop.colors)}>
      <div class={css.scroll}>
        <header class={css.head}>
          {shop.logo === null ? (
            <span class={css.letter} aria-hidden="true">
              {[...shop.name.trim()][0]?.toUpperCase()}
            </span>
          ) : (
            <img class={css.logo} src={shop.logo} alt="" />
          )}
          <div class={css.name}>
            <b>{shop.name}</b>
            <span class={`${css.small} ${css.dim}`}>{greeting}</span>
          </div>
          <span class={css.pill} lang={language === 'ar' ? 'en' : 'ar'}>
            {otherLanguage}
          </span>
        </header>
        {stamps && <Hero language={language} stamps={stamps} shop={shop} />}
        {balances.length > 0 && (
          <ul class={css.list}>
            {balances.map((balance) => (
              <Balance key={balance.name} {...balance} />
            ))}
          </ul>
        )}
        {rewards.list.length > 0 && (
          <>
            <div class={css.section}>
              <h2>{rewards.title}</h2>
              <span class={`${css.small} ${css.dim}`}>{rewards.count}</span>
            </div>
            <ul class={css.list}>
              {rewards.list.map((reward) => (
                <Reward key={reward.name} {...reward} act={rewards.act} />
              ))}
            </ul>
          </>
        )}
      </div>
      <div class={css.dock}>
        <span class={css.main}>
          <Icon path={QR} />
          {show}
        </span>
        <span class={css.side} role="img" aria-label={history}>
          <Icon path={HISTORY} />
        </span>
      </div>
    </div>
  )
}

function colorsOf({ shop, ink, warm, text }: CardView['shop']['colors']): Record<string, string> {
  return { '--shop': shop, '--shop-ink': ink, '--shop-warm': warm, '--shop-text': text }
}

function Hero({ language, stamps, shop }: Pick<CardView, 'language' | 'shop'> & { stamps: CardStamps }) {
  const { program, count, sentence, latest, given, goal } = stamps
  return (
    <section class={css.hero}>
      {shop.design.hero === 'seals' && <SealPattern id={`seals-${language}`} />}
      <div class={css.line}>
        <span class={css.small}>{program}</span>
        <b>
          <bdi>{count}</bdi>
        </b>
      </div>
      <p class={css.sentence}>{sentence}</p>
      <Stamps given={given} goal={goal} sign={shop.design.stamp} />
      <span class={css.small}>{latest}</span>
    </section>
  )
}

function Balance({ type, name, note, value, isMoney }: CardBalance) {
  return (
    <li>
      <span class={`${css.glyph} ${GROUNDS[type]}`} aria-hidden="true">
        {type === 'cashback' ? (
          <Riyal />
        ) : (
          <svg
            aria-hidden="true"
            viewBox="0 0 24 24"
            fill={type === 'subscription' ? 'none' : 'currentColor'}
            stroke="currentColor"
            stroke-width={type === 'subscription' ? 2.4 : 2}
            stroke-linejoin="round"
            stroke-linecap="round"
          >
            <path d={PROGRAM_SHAPES[type]} />
          </svg>
        )}
      </span>
      <div>
        <b>{name}</b>
        <span class={`${css.small} ${css.dim}`}>{note}</span>
      </div>
      <span class={css.value}>
        {isMoney ? (
          <span class={css.money}>
            <Riyal />
            {value}
          </span>
        ) : (
          <bdi>{value}</bdi>
        )}
      </span>
    </li>
  )
}

const GROUNDS: Record<CardBalance['type'], string | undefined> = {
  points: css.points,
  stamps: css.stampsGlyph,
  cashback: css.cashback,
  subscription: css.subscription,
}

function Reward({ name, price, isWithinReach, act }: CardReward & { act: string }) {
  return (
    <li>
      <span class={css.glyph} aria-hidden="true">
        <Icon path={GIFT} />
      </span>
      <div>
        <b>{name}</b>
        <span class={`${css.small} ${css.dim}`}>{price}</span>
      </div>
      <span class={isWithinReach ? `${css.pill} ${css.near}` : css.pill}>{act}</span>
    </li>
  )
}

function Riyal() {
  return (
    <svg viewBox={RIYAL.viewBox} role="img" aria-label="SAR" fill="currentColor">
      <path d={RIYAL.path} />
    </svg>
  )
}

function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" class={css.icon} aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** Tabler outlines: qrcode, history, gift. */
const QR =
  'M4 5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM7 17v.01M14 5a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1h-4a1 1 0 0 1-1-1zM7 7v.01M4 15a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM17 7v.01M14 14h3M20 14v.01M14 14v3M14 20h3M17 17h3M20 17v3'
const HISTORY = 'M12 8v4l2 2M3.05 11a9 9 0 1 1 .5 4m-.5 5v-5h5'
const GIFT =
  'M3 9a1 1 0 0 1 1-1h16a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1zM12 8v13M19 12v7a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-7M7.5 8a2.5 2.5 0 0 1 0-5A4.8 8 0 0 1 12 8a4.8 8 0 0 1 4.5-5 2.5 2.5 0 0 1 0 5'
