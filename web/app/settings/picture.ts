// Turns a picture that was chosen into one that the server takes: at most 512 pixels a side, as PNG,
// or as WebP where PNG is too large. What the file contained besides the picture (places, scripts) is left out.

const MOST_PIXELS = 512
const LEAST_PIXELS = 32
const MOST_BYTES = 200 * 1024

/** The new picture as Base64 and as an address for a preview; null when the browser cannot read the file. */
export async function convertPicture(file: Blob): Promise<{ base64: string; address: string } | null> {
  const image = await load(file)
  if (image === null) return null
  const { width, height } = sizeWithin(image.naturalWidth, image.naturalHeight)
  for (const type of ['image/png', 'image/webp']) {
    const drawn = await draw(image, { width, height, type })
    if (drawn === null || drawn.size > MOST_BYTES) continue
    const address = await readAddress(drawn)
    return { base64: address.slice(address.indexOf(',') + 1), address }
  }
  return null
}

/** The size in which a picture is drawn: its proportions stay, each side is 32 to 512 pixels. */
export function sizeWithin(width: number, height: number): { width: number; height: number } {
  // A drawing of lines may have no size of its own.
  if (width === 0 || height === 0) return { width: MOST_PIXELS, height: MOST_PIXELS }
  const scale = Math.min(1, MOST_PIXELS / Math.max(width, height))
  const side = (length: number) => Math.max(LEAST_PIXELS, Math.round(length * scale))
  return { width: side(width), height: side(height) }
}

async function load(file: Blob): Promise<HTMLImageElement | null> {
  const image = new Image()
  const address = URL.createObjectURL(file)
  try {
    image.src = address
    await image.decode()
    return image
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(address)
  }
}

function draw(
  image: HTMLImageElement,
  { width, height, type }: { width: number; height: number; type: string },
): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
  return new Promise((resolve) => {
    canvas.toBlob(resolve, type, 0.9)
  })
}

function readAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(picture)
  })
}
