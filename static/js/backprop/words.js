// What the stage of a graph says.

export const words = {
  position: (step, last) => `step ${step} of ${last}`,
}
