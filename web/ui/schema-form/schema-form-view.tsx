// The form itself: loaded when the first one is drawn.
import { useWords } from '../../words/use-words.ts'
import { Checkbox } from '../fields.tsx'
import type { ControlProps, FieldsProps, SchemaFormProps } from './context.ts'
import { PlainControl, SeveralControl } from './controls.tsx'
import { ListControl } from './list-control.tsx'
import { beginOf, controlOf, descriptionOf, type FormSchema, isPlain, member, titleOf, withMember } from './schema.ts'
import css from './schema-form.module.css'
import { UnionControl } from './union-control.tsx'

export function SchemaFormView({ pointer = '', without = [], ...props }: SchemaFormProps) {
  const { schema, value, onChange } = props
  const drawn: FieldsProps = {
    schema,
    value,
    onChange: (next) => onChange(next as Record<string, unknown>),
    pointer,
    without,
    context: { errorAt: props.errorAt ?? (() => undefined), ids: props.ids ?? {}, Fields, Control },
  }
  return <Fields {...drawn} />
}

/** The fields of an object: first those in a line, then the sections. */
function Fields({ schema, value, onChange, pointer, without = [], context }: FieldsProps) {
  const all = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) => !without.includes(name) && controlOf(field) !== 'constant',
  )
  const draw = ([name, field]: [string, FormSchema]) => (
    <Member
      key={name}
      schema={field}
      value={member(value, name)}
      onChange={(next) => onChange(withMember(value, name, next))}
      pointer={`${pointer}/${name}`}
      optional={!schema.required?.includes(name)}
      context={context}
    />
  )
  const plain = all.filter(([, field]) => isPlain(field))
  const sections = all.filter(([, field]) => !isPlain(field))
  return (
    <div className={css.fields}>
      {plain.length > 0 && <div className={css.plain}>{plain.map(draw)}</div>}
      {sections.map(draw)}
    </div>
  )
}

/** An optional section has a tick that adds and removes it. */
function Member(props: ControlProps) {
  const { schema, value, onChange, optional = false, pointer, context } = props
  const { t } = useWords()
  if (isPlain(schema)) return <Control {...props} />
  const description = descriptionOf(schema)
  const error = context.errorAt(pointer)
  const hint = description ? t(description) : undefined
  return (
    <section className={css.section}>
      {optional ? (
        <Checkbox
          label={<b>{t(titleOf(schema))}</b>}
          hint={hint}
          checked={value !== undefined}
          onChange={(on) => onChange(on ? (beginOf(schema) ?? {}) : undefined)}
        />
      ) : (
        <header>
          <h3>{t(titleOf(schema))}</h3>
          {hint !== undefined && <p className="dim sm">{hint}</p>}
        </header>
      )}
      {error !== undefined && (
        <p className="bad sm" role="alert">
          {error}
        </p>
      )}
      {(!optional || value !== undefined) && (
        <div className={css.inside}>
          <Control {...props} />
        </div>
      )}
    </section>
  )
}

function Control(props: ControlProps) {
  switch (controlOf(props.schema)) {
    case 'object':
      return <Fields {...props} />
    case 'union':
      return <UnionControl {...props} />
    case 'list':
      return <ListControl {...props} />
    case 'choices':
    case 'ids':
      return <SeveralControl {...props} />
    default:
      return <PlainControl {...props} />
  }
}
