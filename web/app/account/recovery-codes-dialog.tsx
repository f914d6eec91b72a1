// Shows new recovery codes once: to copy, to save as a file, to print.
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Row, Stack } from '../../ui/layout.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useWords } from '../../words/use-words.ts'
import { WORDS } from './factor.words.ts'
import css from './recovery-codes.module.css'

interface Props {
  codes: readonly string[]
  onClose(): void
}

/** Only the button closes it: the codes cannot be read again. */
export function RecoveryCodesDialog({ codes, onClose }: Props) {
  const { t } = useWords()
  const text = codes.join('\n')
  return (
    <Dialog title={t(WORDS.codesTitle)}>
      <Stack>
        <p>{t(WORDS.codesText)}</p>
        <ul className={css.codes} aria-label={t(WORDS.codes)}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <Row wrap className="no-print">
          <CopyButton value={text} label={t(WORDS.codes)} />
          <Button
            size="small"
            icon={IconDownload}
            onClick={() => saveFile('loyapro-recovery-codes.txt', `${text}\n`, 'text/plain')}
          >
            {t(WORDS.save)}
          </Button>
          <Button size="small" icon={IconPrinter} onClick={() => print()}>
            {t(WORDS.print)}
          </Button>
        </Row>
        <Button variant="primary" wide className="no-print" onClick={onClose}>
          {t(WORDS.saved)}
        </Button>
      </Stack>
    </Dialog>
  )
}
