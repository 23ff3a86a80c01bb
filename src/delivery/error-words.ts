/** Servers put addresses, queue ids and times into what they say; without them the same error is the same text. */

/** The words of a reply with what differs from message to message as `…`. */
export function withoutParticulars(text: string): string {
  return (
    text
      .replace(/<?[^\s<>()[\]",:;]{1,64}@[^\s<>()[\]",:;]{1,255}>?/g, '…')
      .replace(/\[[0-9a-fA-F.:]{2,45}\]/g, '…')
      // An id: letters with several digits among them, or digits alone of some length.
      .replace(/(?<![\w.])(?=(?:[\w-]*\d){3})(?=[\w.-]*[A-Za-z-])[\w.-]{9,}(?![\w.])/g, '…')
      .replace(/\b\d{5,}\b/g, '…')
      .replace(/…(?:[\s,;-]*…)+/g, '…')
      .trim()
  )
}
