// An ONNX file without its weights, as app/pages/networks/strip_weights.py makes it too: here they do not even leave the computer.
// A file is read in small stretches wherever its fields lie, so that one of a gigabyte needs no memory.

const BYTES = 2
const WIDTH = { 1: 8, 5: 4 }
const STRETCH = 1 << 16
const MOST_FIELDS = 200_000
const MOST_TEXT = 512

const small = (...numbers) => Object.fromEntries(numbers.map((number) => [number, null]))
const TENSOR = small(1, 2, 4, 5, 7, 8, 9, 14)
const ATTRIBUTE = { ...small(1, 2, 3, 4, 7, 8, 20), 5: TENSOR }
const NODE = { ...small(1, 2, 3, 4, 7), 5: ATTRIBUTE }
const VALUE = small(1, 2)
const GRAPH = { ...small(2), 1: NODE, 5: TENSOR, 11: VALUE, 12: VALUE }
const MODEL = { ...small(1, 2, 8), 7: GRAPH }

export async function withoutWeights(blob) {
  const source = new Source(blob)
  return concat(await sift(source, 0, blob.size, MODEL))
}

// Any stretch of a file, the last one read kept at hand.
class Source {
  constructor(blob) {
    this.blob = blob
    this.fields = 0
    this.start = 0
    this.bytes = new Uint8Array()
  }

  async read(start, stop) {
    if (start < this.start || stop > this.start + this.bytes.length) {
      this.start = start
      this.bytes = new Uint8Array(await this.blob.slice(start, Math.max(stop, start + STRETCH)).arrayBuffer())
    }
    return this.bytes.subarray(start - this.start, stop - this.start)
  }
}

async function sift(source, start, stop, kept) {
  const made = []
  for (let place = start; place < stop; ) {
    const field = await fieldAt(source, place, stop)
    const inner = kept[field.number]
    if (inner !== undefined) made.push(...(await keep(source, place, field, inner)))
    place = field.stop
  }
  return made
}

async function keep(source, start, { number, wire, content, stop }, inner) {
  if (wire !== BYTES) return [(await source.read(start, stop)).slice()]
  if (inner === null && stop - content > MOST_TEXT) return []
  const payload = inner === null ? [(await source.read(content, stop)).slice()] : await sift(source, content, stop, inner)
  return [varint(number * 8 + BYTES), varint(length(payload)), ...payload]
}

async function fieldAt(source, place, end) {
  if (++source.fields > MOST_FIELDS) throw new RangeError("more fields than a network needs")
  const head = await source.read(place, Math.min(place + 20, end))
  const tag = readVarint(head, 0)
  const [number, wire] = [Math.floor(tag.value / 8), tag.value % 8]
  const after = readVarint(wire === BYTES || wire === 0 ? head : [0], wire === BYTES || wire === 0 ? tag.stop : 0)
  const content = place + (wire === BYTES ? after.stop : tag.stop)
  const stop = wire === BYTES ? content + after.value : wire === 0 ? place + after.stop : content + WIDTH[wire]
  if (!number || !(stop <= end)) throw new RangeError("no protocol buffer")
  return { number, wire, content, stop }
}

function readVarint(bytes, start) {
  let value = 0
  for (let at = 0; at < 10 && start + at < bytes.length; at++) {
    value += (bytes[start + at] & 0x7f) * 2 ** (7 * at)
    if (bytes[start + at] < 0x80) return { value, stop: start + at + 1 }
  }
  throw new RangeError("no protocol buffer")
}

function varint(value) {
  const made = []
  for (; value > 0x7f; value = Math.floor(value / 128)) made.push((value % 128) | 0x80)
  return Uint8Array.from([...made, value])
}

const length = (parts) => parts.reduce((sum, part) => sum + part.length, 0)

function concat(parts) {
  const whole = new Uint8Array(length(parts))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}
