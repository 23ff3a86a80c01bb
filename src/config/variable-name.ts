import * as z from 'zod'

/** The name of an environment variable: what is secret stands there, never in the file. */
export const variableName = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of an environment variable, such as SES_PASSWORD')
