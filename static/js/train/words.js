// What the page of a run says while it plays.

export const words = {
  step: (step, steps) => `step ${step} of ${steps}`,
  percent: (share) => `${(100 * share).toFixed(1)}\u202f%`,
  question: "Which two digits will it confuse longest? Choose them, or just play.",
  guessing: "One more: which digit is it taken for?",
  connecting: "Waiting for the server…",
  training: (step, steps) => `Training now: step ${step} of ${steps}.`,
  paused: (step) => `Paused at step ${step}. Nothing is computed meanwhile; play, and the same run goes on from here.`,
  queued: (place) => `Others train first: you are number ${place} in the queue. Meanwhile, watch a run like it: `,
  lost: "The server cannot be reached. What has come stays, and the page tries again by itself.",
  back: (step) => `The server is back. It trains this run anew, and goes on here once it has come to step ${step}.`,
  diverged: (step) => `The loss was no number any more at step ${step}: the run has diverged, and ended there.`,
  guess: (a, b) => `Your guess: ${a} and ${b}. Now watch.`,
  right: "You said so.",
  wrong: (a, b) => `You said ${a} and ${b}.`,
  worst: ({ a, b, count }) => `${a} and ${b} are confused longest: ${count} of the held-out digits to the end.`,
  perfect: "Every held-out digit is known.",
  chance: "It answers no better than chance.",
  ended: (shares) => `It knows ${shares} of the held-out digits.`,
  known: (held_out, step) => `After step ${step} it knows ${held_out} of the held-out digits.`,
  weight: (filter, index, value) => `Filter ${filter}, weight [${index.join(", ")}] = ${signed(value)} at this step.`,
  tile: (is, read) => `This is a ${is}; it reads ${read}.`,
  drawSigns: (missing) => `Draw five of each sign: ${missing} to go.`,
  learning: "Both learn…",
  learned: ({ locked, from_nothing }) => `Learned. Locked, it knows ${Math.round(100 * locked.known)}\u202f% of changed copies; from nothing ${Math.round(100 * from_nothing.known)}\u202f%.`,
}

const signed = (value) => value.toPrecision(3).replace("-", "−")
