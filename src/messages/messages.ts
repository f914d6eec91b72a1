// Messages to a customer's phone: what they say, and the one who carries them.

export interface PasswordMessage {
  /** E.164. */
  phone: string
  language: 'ar' | 'en'
  text: string
}

export interface MessageSender {
  /**
   * Resolves when the message is handed over; rejects when it could not be, with an error that
   * quotes no word of it.
   */
  sendPassword(message: PasswordMessage): Promise<void>
}

/**
 * Shows every message to whoever runs LoyaPro. Not in the log, which holds neither phones nor what
 * opens doors.
 */
export function consoleSender(output: { write(text: string): unknown }): MessageSender {
  return {
    sendPassword: async ({ phone, text }) => {
      output.write(`to ${phone}: ${text}\n`)
    },
  }
}

/** It says who asks and what it is for, so that nobody tells it to a stranger on the phone. */
export function passwordText(
  password: string,
  { name, name_ar }: { name: string; name_ar: string | null },
  language: 'ar' | 'en',
): string {
  return language === 'ar'
    ? `${name_ar ?? name}: رمز التحقق ${password} لاستخدام رصيدك. أعطِه للكاشير أمامك فقط. صالح لمدة 5 دقائق.`
    : `${name}: ${password} is your code to use your balance. Give it only to the cashier in front of you. Valid for 5 minutes.`
}
