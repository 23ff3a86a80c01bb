const paths = {
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  close: 'M4 4l8 8M12 4l-8 8',
  send: 'M14 2L7.2 8.8M14 2L9.6 14l-2.4-5.2L2 6.4z',
  down: 'M4 6.5L8 10.5l4-4',
  link: 'M6.5 9.5l3-3M7 4.5l1-1a3 3 0 0 1 4.3 4.3l-1.2 1.2M9 11.5l-1 1A3 3 0 0 1 3.7 8.200l1.2-1.2',
  error: 'M8 4.6v4.2M8 11.2v.2M8 1.800L14.600 13.600H1.400z',
  options: 'M2 5h6M12 5h2M2 11h2M8 11h6M10 3v4M6 9v4',
  check: 'M3 8.500l3.500 3.500L13 4.500',
  beside: 'M2 3h12v10H2zM8 3v10',
  place:
    'M8 14.500c3-3.400 4.500-5.800 4.500-8a4.500 4.500 0 1 0-9 0c0 2.200 1.500 4.600 4.500 8zM8 8.200a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400z',
} as const

/** A line drawing of 16 × 16; never the only name of a control. */
export function Icon({ name }: { readonly name: keyof typeof paths }) {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden="true" focusable="false">
      <path d={paths[name]} stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  )
}
