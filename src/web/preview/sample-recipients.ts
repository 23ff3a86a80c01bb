import type { Config } from '../../config/config.ts'
import type { MergeValues } from '../../render/email.ts'
import { sampleValues } from '../../run-build.ts'
import type { SampleRecipient } from './api.ts'

/** People that nobody is: what merge fields have to bear. The first is the one whom a build shows its email to. */
export const sampleRecipients: readonly SampleRecipient[] = [
  { id: 'usual', label: 'A usual name', name: 'Robin Sample', email: 'robin@reader.example' },
  {
    id: 'long-name',
    label: 'A long name',
    name: 'Wilhelmina-Theodora Featherstonehaugh-Achterberg van den Hoogenband-Cholmondeley',
    email: 'wilhelmina-theodora.featherstonehaugh-achterberg@a-rather-long-name-for-a-mail-server.reader.example',
  },
  { id: 'no-name', label: 'No name', name: '', email: 'r.s@reader.example' },
  { id: 'right-to-left', label: 'A right-to-left name', name: 'شیرین نمونه‌پور', email: 'shirin@reader.example' },
  {
    id: 'hostile',
    label: 'A hostile name',
    name: `"><img src=x onerror=alert(1)><script>alert(1)</script></style>{{unsubscribeUrl}} \${1+1} \u202egnp.exe\r\nBcc: all@reader.example`,
    email: 'hostile@reader.example',
  },
]

/** A recipient by id; the usual one for any other id. */
export function findRecipient(id: string | null): SampleRecipient {
  const [usual] = sampleRecipients
  if (usual === undefined) throw new Error('There is always a usual recipient.')
  return sampleRecipients.find(each => each.id === id) ?? usual
}

/** What stands in a recipient's merge fields. The links lead to the public server's own paths, with a token that it refuses. */
export function valuesOf({ name, email }: SampleRecipient, config: Config): MergeValues {
  return { ...sampleValues(config), name, email }
}
