import { describe, expect, it } from 'vitest'
import { summarizePost } from '../../src/summary/summarize-posts.ts'
import { paragraphs, postOf } from './post-of.ts'

const opening = { words: 110, points: 3 }

function pointsOf(answer: string, language = 'en'): readonly string[] {
  const faq = [{ question: 'How does the ferry timetable work?', answer }]
  return summarizePost(postOf({ language, faq, description: 'Ships dock twice a day.' }), opening, 'points').points.map(point => point.text)
}

function answersOf(question: string, answer: string): readonly string[] {
  return summarizePost(postOf({ faq: [{ question, answer }], description: 'Ships dock twice a day.' }), opening, 'answers').points.map(
    point => point.text,
  )
}

describe('key points', () => {
  it('come from the answers, at most one of each, in the order of the FAQ, and in the style answers with their questions', () => {
    const faq = [
      { question: 'Who sails the ferry?', answer: 'Six captains from the pilot school share the ferry.' },
      { question: 'What does a ticket cost?', answer: 'Yes.' },
      { question: 'Where does the ferry stop?', answer: 'Boats call at every northern island between March and October.' },
    ]
    const body = paragraphs('The harbour board approved a second ferry line to the northern islands.')
    const post = postOf({ description: 'A new line opens.', faq, body })
    expect(summarizePost(post, opening, 'points').points.map(point => point.question)).toEqual([null, null])
    expect(summarizePost(post, opening, 'answers').points).toEqual([
      { text: 'Six captains from the pilot school share the ferry.', source: { kind: 'faq', index: 0 }, question: 'Who sails the ferry?' },
      {
        text: 'Boats call at every northern island between March and October.',
        source: { kind: 'faq', index: 2 },
        question: 'Where does the ferry stop?',
      },
    ])
  })

  it('come from the body where there is no FAQ, in its order, without a question', () => {
    const body = paragraphs(
      'The harbour board approved a second ferry line to the northern islands on Monday.',
      'Tickets for the crossing cost nine crowns, and children under seven sail free of charge.',
      'Six captains from the pilot school will share the shifts on board.',
    )
    const { points } = summarizePost(postOf({ description: 'Crews train all winter.', body }), opening, 'points')
    expect(points.map(point => point.source)).toEqual([0, 1, 2].map(block => ({ kind: 'body', block })))
    expect(points.every(point => point.question === null)).toBe(true)
  })

  it.each([
    'They sail',
    'This ferry sails',
    'It sails',
    'These boats sail',
    'He sails',
    'She sails',
    'That boat sails',
    'Those boats sail',
    'Such boats sail',
    'However, boats sail',
    'But boats sail',
    'And boats sail',
    'Instead, boats sail',
    'Its crew sails',
    'With this, crews sail',
    'Unfortunately, they sail',
    'In 2025, it sailed',
    'To reach these islands, it sails',
    'By sailing this',
  ])('do not open with a reference that nothing resolves: "%s …"', beginning => {
    expect(pointsOf(`${beginning} to the islands at noon on every working day.`)).toEqual([])
  })

  it('bring the sentence before along that resolves a reference', () => {
    expect(pointsOf('Fares are cheap. However, crews sail to the northern islands on working days alone, timetable or not.')).toEqual([
      'Fares are cheap. However, crews sail to the northern islands on working days alone, timetable or not.',
    ])
  })

  it.each([
    ['de', 'Sie fahren bei jedem Wetter zu den nördlichen Inseln hinaus.'],
    ['de', 'Deshalb fahren Boote bei jedem Wetter zu den nördlichen Inseln.'],
    ['de', 'Dieses Boot fährt bei jedem Wetter zu den nördlichen Inseln.'],
    ['ja', 'これは毎日正午に北の島々へ向かって港を出る船です。'],
    ['fa', 'این قایق هر روز به جزیره‌های شمالی می‌رود.'],
    ['fa', 'بنابراین قایق هر روز به جزیره‌های شمالی می‌رود.'],
  ])('know references in %s: "%s"', (language, answer) => {
    expect(pointsOf(answer, language)).toEqual([])
  })

  it('know no phrases of a language without a list', () => {
    expect(pointsOf('Zij varen elke dag met de boot naar de noordelijke eilanden.', 'nl')).toHaveLength(1)
  })

  it.each([
    'Yes, the ferry sails to the northern islands every day.',
    'No.',
    'Absolutely.',
    'It depends, but mostly the ferry sails at noon.',
  ])('leave out the reply "%s", which says nothing without its question', answer => {
    expect(pointsOf(answer)).toEqual([])
  })

  it('take up what follows a bare "Yes."', () => {
    expect(pointsOf('Yes. The ferry sails to the northern islands every day.')).toEqual([
      'The ferry sails to the northern islands every day.',
    ])
  })

  it.each([
    'Photo: the ferry leaving the harbour at dawn.',
    'Ferry, islands, harbour.',
    'The ferry sails.',
    'The ferry sails to these four islands:',
    'The ferry stops at the following islands on its way north.',
    'Does the ferry sail on Sundays and holidays too?',
    'The ferry sails "to the northern islands every day.',
    'The ferry (which sails to the northern islands every day.',
    'Call 555 0100, 555 0101, 555 0102, 555 0103 now.',
    'See https://ferry.example/timetable for the ferry and its islands.',
    'Click here to see when the ferry sails to the islands.',
    'Subscribe to hear about the ferry to the northern islands.',
    'Try Flowdrop free for a month with your ferry timetable.',
    'Run ferry.sail({ to: "islands" }) to send the ferry north.',
    'Send the ferry north --with-passengers to the islands.',
    'As shown below, the ferry sails to the northern islands.',
    "Here's why the ferry sails to the northern islands.",
    'Ferry to the northern islands, every day at noon',
    'ANNA LEE: The ferry sails to the northern islands every day.',
  ])('leave out what is no statement to quote: "%s"', answer => {
    expect(pointsOf(answer)).toEqual([])
  })

  it('leave out scraps of lists, and take whole statements from them', () => {
    const entry = (text: string) => ({ kind: 'list-item' as const, text, heading: 'Islands' })
    const body = [
      entry('Fresh fish daily.'),
      entry('ferry tickets sold on board and on the pier'),
      entry('The northern islands get a ferry of their own in summer.'),
    ]
    const { points } = summarizePost(postOf({ description: 'Crews train all winter.', body }), opening, 'points')
    expect(points.map(point => point.text)).toEqual(['The northern islands get a ferry of their own in summer.'])
  })

  it('do not repeat the title, the lead, or each other', () => {
    const faq = [
      { question: 'What is new?', answer: 'The ferry to the northern islands now sails twice a day.' },
      { question: 'How often?', answer: 'Twice a day the ferry sails to the northern islands now.' },
      { question: 'How much?', answer: 'Kite Ferries raised $30 million for two electric boats.' },
      { question: 'How much exactly?', answer: 'Kite Ferries raised $30M for two electric boats this year.' },
      { question: 'What is it?', answer: 'A bigger ferry fleet for the winter season.' },
      { question: 'Who?', answer: 'Six captains from the pilot school share all the shifts.' },
    ]
    const post = postOf({
      title: 'Bigger ferry fleet for the winter season',
      description: 'The ferry sails to the northern islands twice a day.',
      faq,
    })
    expect(summarizePost(post, { words: 200, points: 6 }, 'points').points.map(point => point.source)).toEqual([
      { kind: 'faq', index: 2 },
      { kind: 'faq', index: 5 },
    ])
  })

  it('keep to the words and the number that the item has', () => {
    const faq = [
      'Six captains from the pilot school share the ferry shifts all year.',
      'Tickets cost nine crowns on weekdays, twelve on public holidays and Sundays.',
      'Two cranes lift containers onto railway wagons behind the customs house.',
      'Oak piles carry the pier, replaced every forty years by divers.',
    ].map((answer, index) => ({ question: `What is matter number ${index}?`, answer }))
    const post = postOf({ description: 'Crews train all winter.', faq })
    expect(summarizePost(post, { words: 28, points: 3 }, 'points').points).toHaveLength(2)
    expect(summarizePost(post, { words: 25, points: 3 }, 'points').points).toHaveLength(1)
    expect(summarizePost(post, { words: 200, points: 3 }, 'points').points).toHaveLength(3)
  })
})

describe('key points under their questions', () => {
  it('may begin with the answer itself', () => {
    expect(answersOf('Does the ferry sail on Sundays?', 'Yes, the ferry sails every day of the week.')).toEqual([
      'Yes, the ferry sails every day of the week.',
    ])
    expect(answersOf('What is the ferry?', 'It is a boat that sails to the northern islands.')).toEqual([
      'It is a boat that sails to the northern islands.',
    ])
  })

  it('keep a bare "No." with what follows', () => {
    expect(answersOf('Is the ferry free?', 'No. A ticket for the ferry costs nine crowns. Children sail free of charge.')).toEqual([
      'No. A ticket for the ferry costs nine crowns.',
    ])
  })

  it('answer the question rather than tell something weightier', () => {
    const body = paragraphs('Harbour cranes and harbour cranes load harbour ships.')
    const faq = [
      {
        question: 'How long is the crossing?',
        answer: 'Most crossings take forty minutes. Harbour cranes load the ships in the harbour meanwhile.',
      },
    ]
    const post = postOf({ title: 'Harbour cranes', description: 'Ships dock twice a day.', faq, body })
    expect(summarizePost(post, opening, 'answers').points.map(point => point.text)).toEqual(['Most crossings take forty minutes.'])
  })

  it('count the words of their questions', () => {
    const faq = [
      {
        question: 'What exactly does the new ferry do on a stormy winter evening in the north?',
        answer: 'The ferry waits in the harbour.',
      },
    ]
    expect(summarizePost(postOf({ faq, description: 'Ships dock.' }), { words: 16, points: 1 }, 'answers').points).toEqual([])
    expect(summarizePost(postOf({ faq, description: 'Ships dock.' }), { words: 16, points: 1 }, 'points').points).toHaveLength(1)
  })
})

describe('a Japanese post', () => {
  it('is summarized in its own sentences and words', () => {
    const faq = [
      { question: '船はいつ出ますか？', answer: 'はい。新しい船は毎日正午に北の島々へ向かって港を出ます。切符は船の上で買えます。' },
    ]
    const { lead, points } = summarizePost(
      postOf({ language: 'ja', title: '港の便り', description: '春に古い桟橋が再び開きます。', faq }),
      opening,
      'points',
    )
    expect(lead?.text).toBe('春に古い桟橋が再び開きます。')
    expect(points.map(point => point.text)).toEqual(['新しい船は毎日正午に北の島々へ向かって港を出ます。'])
  })
})
