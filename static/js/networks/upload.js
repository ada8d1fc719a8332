// A chosen .onnx file is sifted before the form can be sent. What cannot be sifted goes as it is: the server says why.

import { withoutWeights } from "./strip-weights.js"

const chooser = document.querySelector(".own-form input[type=file]")

chooser?.addEventListener("change", async () => {
  const [file] = chooser.files
  if (!file) return keepInput(chooser.form.elements)
  leaveInput(chooser.form.elements)
  const button = chooser.form.querySelector("button")
  button.disabled = true
  chooser.form.setAttribute("aria-busy", "true")
  try {
    const box = new DataTransfer()
    box.items.add(new File([await withoutWeights(file)], file.name))
    if (chooser.files[0] === file) chooser.files = box.files
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  } finally {
    button.disabled = false
    chooser.form.removeAttribute("aria-busy")
  }
})

// A file has an input of its own: the one that the page wrote there goes, and whatever is written from now on is meant.
function leaveInput({ input, prefilled }) {
  if (input.value === prefilled.value) input.value = ""
  input.placeholder = chooser.dataset.input
  prefilled.value = ""
}

function keepInput({ input, prefilled }) {
  input.value ||= input.defaultValue
  prefilled.value = input.defaultValue
}
