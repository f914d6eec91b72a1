// My account: what a person decides about themselves, in all businesses. Each section is a file.
import { Stack } from '../../ui/layout.tsx'
import { Page } from '../../ui/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { BusinessesSection } from './businesses-section.tsx'
import { DisplaySection } from './display-section.tsx'
import { EmailSection } from './email-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { PasswordSection } from './password-section.tsx'
import { ProfileSection } from './profile-section.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { WORDS } from './words.ts'

export function Account() {
  const { t } = useWords()
  return (
    <Page title={t(WORDS.title)} subtitle={t(WORDS.subtitle)} width="narrow">
      <Stack gap={20}>
        <ProfileSection />
        <DisplaySection />
        <EmailSection />
        <PasswordSection />
        <SecondFactorSection />
        <PasskeysSection />
        <SessionsSection />
        <BusinessesSection />
      </Stack>
    </Page>
  )
}
