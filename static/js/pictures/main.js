// The page of pictures: what is chosen becomes an address, its answer streams in, and the page shows it.

import { root } from "../root.js"
import { setText } from "../format.js"
import { isFramed, visit } from "../frame/address.js"
import { Asker } from "./asker.js"
import { Camera } from "./camera.js"
import { keep, kept } from "./keep.js"
import { Kernel } from "./kernel.js"
import { Look } from "./look.js"
import { Magnifier } from "./magnifier.js"
import { words } from "./words.js"

const page = document.querySelector(".pictures")
const form = document.getElementById("panel")
const field = (name) => form.elements[name]
const part = (name) => page.querySelector(`[data-${name}]`)
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

const look = new Look(part("views"))
const kernel = new Kernel(page.querySelector('[data-numbers="kernel"]'), (text, isDrag) => {
  field("w").value = text
  field("join").value = "none"
  ask({ isPreview: isDrag, history: isDrag ? null : "push" })
})
const asker = new Asker({ take, failed: refuse, busy: (isBusy) => page.classList.toggle("busy", isBusy), bytes: kept })
const magnifier = new Magnifier(page.querySelector(".magnifier"), {
  answer: async (at) => (await asker.answer(address(".spot", { at: at.join(",") }))).json(),
  shown: (spot) => look.mark(spot.sees?.is_picture ? spot.sees : null, spot.at),
})
const camera = new Camera({
  preview: (canvas) => look.show(canvas, canvas.height, canvas.width),
  frame: live,
  ended: cameraEnded,
})

let header = null // what the last answer says of itself
let shownPicture = null // the picture and colour that stand before the result
let pinned = field("at").value.split(",").map(Number)
let pointed = pinned
let pinnedTile = 0

// From the form to an address, with what is empty or as usual left out by the server.
function query(more = {}) {
  const fields = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value !== "" && name !== "at"))
  for (const [name, value] of Object.entries(more)) fields.set(name, value)
  return fields
}

const address = (extension, more) => `${root}/pictures${extension}?${query(more)}`

function ask({ isPreview = false, history = "push", body = null } = {}) {
  for (const error of page.querySelectorAll("[data-error]")) setText(error, "")
  return asker.ask({ address: address(".events", isPreview ? { preview: "true" } : {}), isPreview, history, body })
}

function refuse(sentence, name) {
  const place = page.querySelector(`[data-error="${CSS.escape(name ?? "")}"]`) ?? page.querySelector('[data-error=""]')
  setText(place, name === "picture" && sentence.includes("no longer") ? words.gone : (sentence ?? words.failed))
}

async function take(name, data, question) {
  if (name === "result") return describe(data, question)
  if (name === "band") return look.draw(data)
  if (name !== "end") return
  setText(part("range"), data.said)
  page.dataset.painted = String(Number(page.dataset.painted ?? 0) + 1)
  if (!question.isLive) magnifier.look(clamped(pointed), magnifier.tile ?? 0)
}

async function describe(data, question) {
  header = data
  page.removeAttribute("data-forgotten")
  if (question.body && !question.isLive) await keep(data.picture, question.body)
  look.expect(data, data.titles)
  if (question.isLive) return
  field("picture").value = data.picture
  if (!question.isPreview) field("w").value = data.w
  kernel.show(data.weights[0])
  setText(part("size"), `${data.weights[0].length}×${data.weights[0][0].length}`)
  setText(part("about"), data.about)
  part("about-kernel").replaceChildren(...data.kernel.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })))
  const legend = part("legend")
  legend.className = `ramp ${data.show}`
  legend.hidden = !data.legend.length
  legend.replaceChildren(...data.legend.map((mark) => Object.assign(document.createElement("span"), { textContent: mark })))
  chosen(data)
  showOriginal(question.body)
  if (question.history) remember(question.history)
}

// The address of what is shown, with the place that is looked at.
function remember(how) {
  const to = `${header.address}&at=${clamped(pinned).join(",")}`
  field("at").value = clamped(pinned).join(",")
  if (to !== location.pathname + location.search) history[`${how}State`](null, "", to)
  page.dataset.address = header.address
  part("json").href = header.address.replace("/pictures", "/pictures.json")
  part("link").href = header.shared
}

function chosen({ picture, w, fields }) {
  for (const link of page.querySelectorAll("[data-choose]")) {
    const now = link.dataset.choose === "picture" ? picture.split(":")[0] : w
    mark(link, link.dataset.value === now)
  }
  for (const link of page.querySelectorAll("[data-go]")) {
    const wanted = new URL(link.href).searchParams
    mark(link, wanted.get("w") === w && (wanted.get("join") ?? "none") === (fields.join ?? "none"))
  }
}

function mark(link, isChosen) {
  if (link.classList.contains("chip")) link.classList.toggle("chosen", isChosen)
  if (isChosen) link.setAttribute("aria-current", "true")
  else link.removeAttribute("aria-current")
}

// The picture that stands before the result, asked for when it is another, or in other colours.
async function showOriginal(body = null) {
  const wanted = `${header.picture} ${field("colour").value}`
  if (wanted === shownPicture) return
  shownPicture = wanted
  const plain = new URLSearchParams({ picture: field("picture").value, w: "1", colour: field("colour").value })
  const response = await asker.answer(`${root}/pictures.png?${plain}`, body).catch(() => null)
  if (!response || wanted !== shownPicture) return
  const bitmap = await createImageBitmap(await response.blob())
  look.show(bitmap, bitmap.height, bitmap.width)
}

// The place that is looked at.

function clamped([row, col]) {
  return [Math.min(row, header.rows - 1), Math.min(col, header.cols / header.tiles - 1)]
}

function point(place, tile = 0) {
  pointed = place
  magnifier.look(place, tile)
}

const views = part("views")
views.addEventListener("pointermove", (event) => {
  if (event.buttons || event.pointerType === "touch") return
  const found = look.under(event)
  if (found) point(found.place, found.tile)
})
views.addEventListener("pointerleave", () => header && point(clamped(pinned), pinnedTile))
views.addEventListener("click", async (event) => {
  const found = header && look.under(event)
  if (!found) return
  pin(found.place, found.tile)
  await magnifier.look(found.place, found.tile)
  if (event.pointerType !== "touch" && magnifier.spot?.at.join() === found.place.join()) open()
})
views.addEventListener("keydown", (event) => {
  if (event.key === "Enter") return open()
  const step = ARROWS[event.key]
  if (!step || !header) return
  event.preventDefault()
  const far = event.shiftKey ? 10 : 1
  const moved = pinned.map((index, axis) => Math.max(0, index + far * step[axis]))
  pin(clamped(moved), pinnedTile)
  point(pinned, pinnedTile)
})

function pin(place, tile) {
  ;[pinned, pinnedTile] = [place, tile]
  remember("replace")
}

function open() {
  if (magnifier.spot?.scene) visit(magnifier.spot.scene)
}

// A frame opens it in its own place, and its Reset leads back.
if (isFramed)
  part("open").addEventListener("click", (event) => {
    event.preventDefault()
    open()
  })

// What can be chosen.

form.addEventListener("submit", (event) => event.preventDefault())
form.addEventListener("change", ({ target }) => {
  if (!target.name) return
  if (target.name === "view") look.view(target.value)
  if (target.name === "w") field("join").value = "none"
  ask({ history: target.name === "view" ? "replace" : "push" })
})
page.addEventListener("click", (event) => {
  const link = event.target.closest("[data-choose], [data-go]")
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  const wanted = new URL(link.href).searchParams
  camera.stop()
  if (link.dataset.choose === "picture") {
    field("picture").value = link.dataset.value
    pinned = [Infinity, Infinity]
  } else {
    field("w").value = wanted.get("w")
    field("join").value = wanted.get("join") ?? "none"
    field("show").value = wanted.get("show") ?? "auto"
  }
  ask()
})
part("download").addEventListener("click", (event) => {
  if (look.tiles || !header) return
  event.preventDefault()
  look.after.canvas.toBlob((blob) => save(blob, `${header.picture.split(":")[0]}-${header.w.replace(/[^\w-]+/g, "_").slice(0, 40)}.png`))
})

function save(blob, download) {
  const href = URL.createObjectURL(blob)
  Object.assign(document.createElement("a"), { href, download }).click()
  setTimeout(() => URL.revokeObjectURL(href), 1000)
}

// A reader's own picture: chosen, dropped, pasted, or seen by the camera.

function send(picture) {
  if (!picture) return
  camera.stop()
  field("picture").value = ""
  pinned = [Infinity, Infinity]
  ask({ body: picture })
}

const pictureOf = (transfer) => [...(transfer?.files ?? [])].find(({ type }) => type.startsWith("image/")) ?? transfer?.files?.[0]

part("own").hidden = false
part("file").addEventListener("change", ({ target }) => {
  send(target.files[0])
  target.value = ""
})
document.addEventListener("dragover", (event) => {
  event.preventDefault()
  page.classList.add("dropping")
})
document.addEventListener("dragleave", (event) => event.relatedTarget || page.classList.remove("dropping"))
document.addEventListener("drop", (event) => {
  event.preventDefault()
  page.classList.remove("dropping")
  send(pictureOf(event.dataTransfer))
})
document.addEventListener("paste", (event) => send(pictureOf(event.clipboardData)))

const [cameraButton, takeButton, liveButton] = ["camera", "take", "live"].map(part)
const mayAsk = page.dataset.webcam === "on" && isSecureContext && Boolean(navigator.mediaDevices)
cameraButton.hidden = !mayAsk
if (!isSecureContext) part("note").append(` ${words.insecure}`)

cameraButton.addEventListener("click", async () => {
  if (camera.isOn) return camera.stop()
  try {
    await camera.start()
    for (const button of [takeButton, liveButton]) button.hidden = false
  } catch {
    refuse(words.noCamera, "")
  }
})
takeButton.addEventListener("click", async () => send(await camera.take()))
liveButton.addEventListener("click", () => {
  if (camera.isLive) return camera.stop()
  liveButton.setAttribute("aria-pressed", "true")
  setText(part("range"), words.live)
  camera.live()
})

async function live(frame, canvas) {
  const more = new URLSearchParams(query({ preview: "true", live: "true" }))
  more.delete("picture")
  look.show(canvas, canvas.height, canvas.width)
  await asker.ask({ address: `${root}/pictures.events?${more}`, body: frame, isLive: true, isPreview: true })
}

function cameraEnded() {
  for (const button of [takeButton, liveButton]) button.hidden = true
  liveButton.setAttribute("aria-pressed", "false")
  shownPicture = null
  if (header && field("picture").value) ask({ history: null })
}

addEventListener("popstate", () => location.reload())

// What the server has drawn is taken over; what it could not draw is asked for.
async function start() {
  page.classList.add("alive")
  const [before, after] = await Promise.all([look.before.drawn(), look.after.drawn()])
  if (before) look.show(before, before.naturalHeight, before.naturalWidth)
  if (before && after) shownPicture = null
  look.view(field("view").value)
  await ask({ history: null })
}
start()
