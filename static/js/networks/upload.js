// A chosen .onnx file is sifted before the form can be sent. What cannot be sifted goes as it is: the server says why.

import { withoutWeights } from "./sieve.js"

const input = document.querySelector(".own-form input[type=file]")

input?.addEventListener("change", async () => {
  const [file] = input.files
  if (!file) return
  const button = input.form.querySelector("button")
  button.disabled = true
  input.form.setAttribute("aria-busy", "true")
  try {
    const box = new DataTransfer()
    box.items.add(new File([await withoutWeights(file)], file.name))
    if (input.files[0] === file) input.files = box.files
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  } finally {
    button.disabled = false
    input.form.removeAttribute("aria-busy")
  }
})
