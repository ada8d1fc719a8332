// The picture and the table of a network are one: a part that is pointed at in either is marked in both, and a click
// in the picture is a click on the same part's row, which htmx answers in place (it knows no links inside SVG).

const twins = (link) => document.querySelectorAll(`#network a[href="${CSS.escape(link.getAttribute("href"))}"]`)
const partAt = ({ target }) => target.closest?.("#network .skyline a, #network .parts a")

document.addEventListener("click", (event) => {
  const link = partAt(event)
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!link?.closest(".skyline") || !isPlain) return
  const row = [...twins(link)].find((twin) => twin.closest(".parts"))
  if (!row) return
  event.preventDefault()
  row.click()
})

function mark(link) {
  for (const marked of document.querySelectorAll("#network .pointed")) marked.classList.remove("pointed")
  if (link) for (const twin of twins(link)) twin.classList.add("pointed")
}

for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => mark(partAt(event)))

// A copy of the server that does not have this network: its page is opened, which sends it again.
document.addEventListener("htmx:before:response", (event) => {
  const { request, response } = event.detail.ctx
  if (response.status !== 422) return
  event.preventDefault()
  location.assign(request.action)
})
