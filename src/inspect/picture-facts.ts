/** What is known of a picture that an email shows. */
export interface PictureFacts {
  readonly bytes: number
  /** What its first bytes say it is; null for anything unknown. */
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp' | 'svg' | 'avif' | null
  /** Its own size in pixels; null where the format hides it. */
  readonly width: number | null
  readonly height: number | null
}
