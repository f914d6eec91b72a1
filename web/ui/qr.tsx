// A QR code as one path: black on white in both colour schemes, because scanners need that.
import encodeQR from 'qr'
import css from './qr.module.css'

/** Modules of white around the code that ISO/IEC 18004 asks for. */
const QUIET = 4

/** `label`: what it contains, for screen readers. */
export function Qr({ value, label }: { value: string; label: string }) {
  const rows = encodeQR(value, 'raw', { ecc: 'medium', border: QUIET })
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join('')
  return (
    <svg className={css.qr} viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  )
}
