// Messages to a customer's phone: their text, and the interface of a provider.

export interface PasswordMessage {
  /** E.164. */
  phone: string
  language: 'ar' | 'en'
  text: string
}

export interface MessageSender {
  /** Resolves when the provider has accepted the message. Its errors must not quote the message. */
  sendPassword(message: PasswordMessage): Promise<void>
}

/**
 * Writes messages to standard output. Not to the log, which contains no phones and no passwords.
 */
export function consoleSender(output: { write(text: string): unknown }): MessageSender {
  return {
    sendPassword: async ({ phone, text }) => {
      output.write(`to ${phone}: ${text}\n`)
    },
  }
}

/** Names the business and the purpose, so that customers do not give it to a stranger. */
export function passwordText(
  password: string,
  { name, name_ar }: { name: string; name_ar: string | null },
  language: 'ar' | 'en',
): string {
  return language === 'ar'
    ? `${name_ar ?? name}: رمز التحقق ${password} لاستخدام رصيدك. أعطِه للكاشير أمامك فقط. صالح لمدة 5 دقائق.`
    : `${name}: ${password} is your code to use your balance. Give it only to the cashier in front of you. Valid for 5 minutes.`
}
