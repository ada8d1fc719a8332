// The address of what a page shows now, and of the step of a run.

export function addressNow(step = null) {
  const shown = document.getElementById("scene")?.dataset.address ?? document.querySelector("[data-presents]")?.getAttribute("href")
  const address = shown ?? location.pathname + location.search
  if (step === null) return address
  const own = address.replace(/([?&])step=\d+&?/, "$1").replace(/[?&]$/, "")
  return `${own}${own.includes("?") ? "&" : "?"}step=${step}`
}

const stage = () => document.querySelector("main:not(.compare) conv-stage")

// Where the playhead is; null where nothing is played.
export const stepNow = () => (stage()?.steps ? stage().player.step : null)

// Where a run has come; a picture that is whole stands at no step.
export const stepOfRun = () => (stage()?.moment?.isRun ? stepNow() : null)
