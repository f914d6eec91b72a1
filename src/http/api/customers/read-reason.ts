// The reason of a change. It is stored permanently, so it must not be blank.
import { invalid } from '../../problem.ts'

export function readReason(text: string): string {
  const reason = text.trim()
  if (reason === '') throw invalid('/reason', 'must not be empty', 'يجب ألا يكون فارغًا')
  return reason
}
