// The webcam: a still, or live at 256 pixels, one frame under way at a time; off when the reader leaves.

const LIVE = 256
const STILL = 1024

export class Camera {
  // `preview(video)` shows what the camera sees; `frame(blob, canvas)` resolves when a frame is answered.
  constructor({ preview, frame, ended }) {
    Object.assign(this, { preview, frame, ended })
    this.stream = null
    this.isLive = false
    addEventListener("pagehide", () => this.stop())
    document.addEventListener("visibilitychange", () => document.hidden && this.stop())
  }

  get isOn() {
    return this.stream !== null
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: STILL }, facingMode: "user" } })
    this.video = Object.assign(document.createElement("video"), { muted: true, playsInline: true, srcObject: this.stream })
    await this.video.play()
    this.watch()
  }

  // Shows what it sees until a frame is taken.
  watch() {
    if (!this.isOn || this.isLive) return
    this.preview(this.drawn(LIVE))
    requestAnimationFrame(() => this.watch())
  }

  drawn(most) {
    const { videoWidth, videoHeight } = this.video
    const scale = Math.min(1, most / Math.max(videoWidth, videoHeight))
    const canvas = document.createElement("canvas")
    Object.assign(canvas, { width: Math.round(videoWidth * scale), height: Math.round(videoHeight * scale) })
    canvas.getContext("2d").drawImage(this.video, 0, 0, canvas.width, canvas.height)
    return canvas
  }

  async take() {
    const still = await blobOf(this.drawn(STILL), 0.92)
    this.stop()
    return still
  }

  async live() {
    this.isLive = true
    while (this.isLive) {
      const canvas = this.drawn(LIVE)
      await this.frame(await blobOf(canvas, 0.85), canvas)
      await new Promise((resume) => requestAnimationFrame(resume))
    }
  }

  stop() {
    if (!this.isOn) return
    this.isLive = false
    for (const track of this.stream.getTracks()) track.stop()
    this.stream = null
    this.ended()
  }
}

const blobOf = (canvas, quality) => new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality))
