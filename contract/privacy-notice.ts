// The privacy notice that customers read when they join: its parts, its plain format, and the text
// that a shop in Saudi Arabia can start from.

/** The same text in both languages. */
interface Both {
  en: string
  ar: string
}

/** `notice` is plain text (`noticeBlocks`); the others are the sentence beside each tick of consent. */
export interface NoticeTexts {
  notice: Both
  /** Consent to keep the data that the program needs. */
  service: Both
  /** Consent to messages with offers: never a condition of the program. */
  marketing: Both
}

export const MAX_NOTICE = 8_000
export const MAX_CONSENT = 400

export interface NoticeBlock {
  kind: 'heading' | 'paragraph' | 'list'
  lines: string[]
}

/**
 * The blocks of a notice, which empty lines separate: a line that starts with `# ` is a heading,
 * lines that start with `- ` are a list, everything else is a paragraph. There is no other format, and
 * the text is never read as HTML.
 */
export function noticeBlocks(text: string): NoticeBlock[] {
  const blocks: NoticeBlock[] = []
  let isOpen = false
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '') {
      isOpen = false
      continue
    }
    const kind = line.startsWith('# ') ? 'heading' : line.startsWith('- ') ? 'list' : 'paragraph'
    const last = blocks.at(-1)
    const words = kind === 'paragraph' ? line : line.slice(2).trim()
    if (isOpen && last?.kind === kind && kind !== 'heading') last.lines.push(words)
    else blocks.push({ kind, lines: [words] })
    isOpen = true
  }
  return blocks
}

/** What is still to be filled in: everything between square brackets. */
export function blanksOf(text: string): string[] {
  return text.match(/\[[^\]\n]{1,80}\]/g) ?? []
}

/**
 * The first text, after the Personal Data Protection Law of Saudi Arabia (articles 4, 12 and 25, and
 * articles 3 to 12 and 28 of its implementing regulation): who collects what, why, for how long, who
 * else gets it, the rights and the contact. What only the shop knows is between square brackets. A
 * lawyer should read it before it is published.
 */
export function defaultNotice(name: { en: string; ar: string | null }): NoticeTexts {
  const shop = { en: name.en, ar: name.ar ?? name.en }
  return {
    notice: {
      en: `# Who collects your data
${shop.en}, commercial registration [number], collects your data for its loyalty program and is responsible for it. LoyaPro stores and processes it for us.

# What we collect
- Your mobile number, and your name and birthday if you give them.
- Your purchases at our branches: products, amounts, branch, date and time.
- Your points, stamps, cashback, subscriptions and rewards.

# Why
- To run the program: to recognise you, count what you earn, and give you rewards. We do this with your consent.
- To send offers, only if you agree to it separately. You can use the program without it.

# Who else gets it
The companies that send our messages and, if you add your card to a wallet, Apple or Google get what they need for that. We do not sell your data. Your data is stored in [country].

# How long
Until you leave the program or ask us to delete your data. Records that the law requires, such as invoices, are kept without your name and number for as long as it requires.

# Your rights
- To know what we hold of you, and to get a copy of it.
- To have it corrected or deleted.
- To withdraw your consent at any time, as easily as you gave it.
We answer within 30 days. If you are not satisfied, you can complain to the Saudi Data and Artificial Intelligence Authority (SDAIA).

# Contact
[email or telephone number]`,
      ar: `# من يجمع بياناتك
تجمع ${shop.ar}، سجل تجاري رقم [الرقم]، بياناتك لبرنامج الولاء، وهي المسؤولة عنها. وتتولى لويا برو حفظها ومعالجتها نيابةً عنا.

# ما الذي نجمعه
- رقم جوالك، واسمك وتاريخ ميلادك إن أدخلتهما.
- مشترياتك من فروعنا: المنتجات والمبالغ والفرع والتاريخ والوقت.
- نقاطك وأختامك ورصيد الكاش باك واشتراكاتك ومكافآتك.

# لماذا
- لتشغيل البرنامج: للتعرف عليك وحساب ما تكسبه ومنحك المكافآت. ونفعل ذلك بموافقتك.
- لإرسال العروض، إن وافقت على ذلك موافقة منفصلة. ويمكنك استخدام البرنامج دونها.

# من يطّلع عليها غيرنا
تحصل الشركات التي ترسل رسائلنا على ما يلزمها لذلك، وكذلك Apple أو Google إن أضفت بطاقتك إلى المحفظة. ولا نبيع بياناتك. وتُحفظ بياناتك في [الدولة].

# إلى متى
حتى تغادر البرنامج أو تطلب حذف بياناتك. أما السجلات التي يوجب النظام حفظها، كالفواتير، فتبقى دون اسمك ورقمك المدة التي يحددها النظام.

# حقوقك
- أن تعرف ما لدينا من بياناتك، وأن تحصل على نسخة منها.
- أن تطلب تصحيحها أو إتلافها.
- أن تسحب موافقتك في أي وقت، بالسهولة التي منحتها بها.
ونرد خلال 30 يومًا. وإن لم يرضك ردنا فلك أن تتقدم بشكوى إلى الهيئة السعودية للبيانات والذكاء الاصطناعي (سدايا).

# للتواصل
[البريد الإلكتروني أو رقم الهاتف]`,
    },
    service: {
      en: `I agree that ${shop.en} keeps my mobile number and purchases for the loyalty program.`,
      ar: `أوافق على أن تحفظ ${shop.ar} رقم جوالي ومشترياتي لبرنامج الولاء.`,
    },
    marketing: {
      en: `I would like to receive offers from ${shop.en}. I can stop them at any time.`,
      ar: `أرغب في استلام عروض ${shop.ar}، ويمكنني إيقافها في أي وقت.`,
    },
  }
}
