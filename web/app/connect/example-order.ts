// An order in the standard format, to paste into what sends orders.

/** `reference`: of the business in the POS. */
export function exampleOrder(reference: string, now: Date): string {
  const at = now.toISOString()
  const order = {
    id: `A-${Math.floor(now.getTime() / 1000)}`,
    status: 'Paid',
    closed_at: at,
    branch: { id: 'main', name: 'Sample Branch' },
    customer: { name: 'Sample Guest', dial_code: 966, phone: '500000321' },
    products: [{ id: '1', product_id: 'latte', name: 'Latte', price: 12, quantity: 2 }],
    total: 24,
    payments: [{ method: 'Cash', kind: 'cash', amount: 24 }],
  }
  return JSON.stringify({ timestamp: at, event: 'order.created', business: { reference }, order }, null, 2)
}
