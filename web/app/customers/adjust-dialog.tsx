// Gives or deducts units with a reason; what will happen is computed by the engine before it is done.
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { Adjustment, AdjustmentResult, Balance, CustomerInFull } from '../../../contract/api/customers.ts'
import { api } from '../../api/client.ts'
import { ApiError } from '../../api/error.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, MoneyField, NumberField, SelectField, TextField } from '../../ui/fields.tsx'
import { Form, useSend } from '../../ui/form.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { toast } from '../../ui/toast.tsx'
import { Money, Units } from '../../ui/values.tsx'
import { Equation } from '../../ui/why.tsx'
import { useWords } from '../../words/use-words.ts'
import { useAllowance } from './use-allowance.ts'
import { useRefresh } from './use-refresh.ts'
import { WORDS } from './words.ts'

interface Props {
  customer: CustomerInFull
  onClose(): void
}

export function AdjustDialog({ customer, onClose }: Props) {
  const { t } = useWords()
  const refresh = useRefresh()
  const { data: allowance } = useAllowance()
  const [programId, setProgram] = useState(customer.balances[0]?.program_id)
  const [act, setAct] = useState<'give' | 'deduct'>('give')
  const [amount, setAmount] = useState<number>()
  const [reason, setReason] = useState('')
  const [mayOwe, setMayOwe] = useState(false)
  const balance = customer.balances.find(({ program_id: id }) => id === programId)
  const units = (amount ?? 0) * (act === 'give' ? 1 : -1)
  const body = {
    program_id: programId ?? '',
    units,
    reason: reason.trim(),
    ...(act === 'deduct' && mayOwe && { allow_debt: true }),
  }
  const path = `/customers/${customer.id}/adjustments`
  const send = useSend(() => api.post(path, body satisfies Partial<Adjustment>))
  const submit = async () => {
    if ((await send.send()) === null) return
    toast(WORDS.adjusted)
    onClose()
    await refresh()
  }
  const Amount = balance?.program_type === 'cashback' ? MoneyField : NumberField
  const acts = ['give', 'deduct'] as const
  return (
    <Dialog title={t(WORDS.giveOrTake)} onClose={onClose}>
      <Form state={send} isDirty={false} act={t(WORDS[act])} onSubmit={() => void submit()}>
        {allowance?.limit && (
          <p className="sub">
            {t(WORDS.limitOnce)} <Money minor={allowance.limit.per_adjustment} /> · {t(WORDS.limitToday)}{' '}
            <Money minor={allowance.left_today ?? 0} />
          </p>
        )}
        <Segmented<'give' | 'deduct'>
          label={t(WORDS.giveOrTake)}
          value={act}
          options={acts.map((value) => ({ value, label: t(WORDS[value]) }))}
          onChange={setAct}
        />
        <SelectField
          label={t(WORDS.program)}
          value={programId}
          options={customer.balances.map((one) => ({ value: one.program_id, label: t(one.program_name) }))}
          onChange={setProgram}
        />
        <Amount
          key={balance?.program_type === 'cashback' ? 'money' : 'units'}
          label={t(WORDS.units)}
          value={amount}
          onChange={setAmount}
          error={send.errorAt('/units')}
        />
        <TextField
          label={t(WORDS.reason)}
          hint={t(WORDS.reasonHint)}
          value={reason}
          onChange={setReason}
          maxLength={500}
          error={send.errorAt('/reason')}
        />
        {act === 'deduct' && <Checkbox label={t(WORDS.allowDebt)} checked={mayOwe} onChange={setMayOwe} />}
        {balance && amount !== undefined && amount > 0 && <Preview path={path} body={body} balance={balance} />}
      </Form>
    </Dialog>
  )
}

interface PreviewProps {
  path: string
  body: { program_id: string; units: number; reason: string }
  balance: Balance
}

function Preview({ path, body, balance }: PreviewProps) {
  const { t, f } = useWords()
  // The reason changes nothing of the result, and may still be empty.
  const asked = useDeferredValue(JSON.stringify({ ...body, reason: '…' }))
  const { data, error } = useQuery({
    queryKey: [`${path}/preview`, asked],
    queryFn: ({ signal }) =>
      api.post<Pick<AdjustmentResult, 'balance' | 'allowance'>>(`${path}/preview`, JSON.parse(asked), { signal }),
    retry: false,
  })
  if (error instanceof ApiError) return <p className="hand">{t(error.text)}</p>
  if (data === undefined) return null
  const { program_type: type } = balance
  return (
    <div>
      <Equation
        parts={[
          { text: <Units type={type} units={balance.available} /> },
          { sign: body.units < 0 ? '−' : '+' },
          {
            text:
              type === 'cashback' ? <Units type={type} units={Math.abs(body.units)} /> : f.number(Math.abs(body.units)),
          },
          { sign: '=' },
          { text: <Units type={type} units={data.balance.available} />, tone: body.units < 0 ? 'taken' : 'result' },
        ]}
      />
      {data.allowance && (
        <p className="sm">
          {t(WORDS.countsAs)} <Money minor={data.allowance.amount} /> · {t(WORDS.leftAfter)}{' '}
          <Money minor={data.allowance.left_today} />
        </p>
      )}
      <p className="dim sm">{t(WORDS.nothingWritten)}</p>
    </div>
  )
}
