// Draws the card of a customer into an element of another page, whatever draws that page.
/** @jsxImportSource preact */
import { render } from 'preact'
import { CustomerCard } from './card.tsx'
import type { CardView } from './view.ts'

/** Draws it, or draws it again; null removes it. */
export function drawCard(element: Element, view: CardView | null): void {
  render(view && <CustomerCard {...view} />, element)
}
