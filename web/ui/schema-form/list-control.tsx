// A list of objects: rules, hours. Each can be removed, and another added.
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useWords } from '../../words/use-words.ts'
import { Button, IconButton } from '../button.tsx'
import { Stack } from '../layout.tsx'
import type { ControlProps } from './context.ts'
import { beginOf, titleOf } from './schema.ts'
import css from './schema-form.module.css'

export function ListControl({ schema, value, onChange, pointer, context }: ControlProps) {
  const { t } = useWords()
  const items = Array.isArray(value) ? value : []
  const item = schema.items ?? {}
  const title = t(titleOf(item))
  const least = schema.minItems ?? 0
  return (
    <Stack gap={12}>
      {items.map((one, index) => (
        <div key={index} className={css.item}>
          <header>
            <b>{`${title} ${index + 1}`}</b>
            <IconButton
              icon={IconTrash}
              size="small"
              label={`${t(WORDS.remove)}: ${title} ${index + 1}`}
              disabled={items.length <= least}
              onClick={() => onChange(items.filter((_, place) => place !== index))}
            />
          </header>
          <context.Control
            schema={item}
            value={one}
            onChange={(next) => onChange(items.map((former, place) => (place === index ? next : former)))}
            pointer={`${pointer}/${index}`}
            context={context}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={IconPlus}
          disabled={items.length >= (schema.maxItems ?? Number.POSITIVE_INFINITY)}
          onClick={() => onChange([...items, beginOf(item) ?? {}])}
        >
          {`${t(WORDS.add)}: ${title}`}
        </Button>
      </div>
    </Stack>
  )
}

const WORDS = { add: { en: 'Add', ar: 'إضافة' }, remove: { en: 'Remove', ar: 'حذف' } }
