/** What an error says that is thrown where another file stands in the place of the one that was opened. */
export const movedAway = 'the file of the ledger was removed or replaced while it was open'
