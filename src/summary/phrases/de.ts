import { type Phrases, phraseList, wordList } from './phrases.ts'

/** German. */
export const de: Phrases = {
  abbreviations: {
    neverLast:
      wordList(`dr. prof. hr. fr. dipl. ing. st. z.b. d.h. u.a. i.d.r. o.ä. s.o. s.u. v.a. i.a. z.t. u.u. d.i. bzw. ggf. inkl. exkl. zzgl. evtl.
      ca. vgl. sog. gem. bspw. insb. max. min. tel. geb. mind. einschl.`),
    seldomLast:
      wordList(`usw. etc. usf. u.s.w. u.v.m. e.v. str. co. mio. mrd. tsd. std. jh. jhdt. n.chr. v.chr. jan. feb. mär. apr. jun. jul. aug. sep.
      sept. okt. nov. dez. mo. di. mi. do. fr. sa. so.`),
    beforeNumber: wordList('nr. s. abs. art. kap. abb. tab. bd. ziff. anm. ver.'),
    ordinals: true,
  },
  functionWords: new Set(
    wordList(`der die das den dem des ein eine einer einen einem eines kein keine keiner keinen keinem und oder aber denn sondern doch wenn dann als dass
      ob weil da damit so auch noch nur schon sehr mehr am im in ins an auf aus bei beim bis durch für gegen mit nach ohne um unter über von vom vor
      zu zum zur zwischen seit während wegen trotz ich du er sie es wir ihr ihnen uns euch mich dich sich mein dein sein ihre seine unser euer man
      dieser diese dieses diesem diesen jener jene jenes welcher welche welches wer was wann wo wie warum wieso weshalb hier dort dies
      ist sind war waren bin bist sei wird werden wurde wurden worden hat haben hatte hatten kann können konnte soll sollen sollte muss müssen
      darf dürfen will wollen mag möchte nicht nichts ja nein etwa eben immer wieder alle alles allem einige viele wenige jede jeder jedes
      jetzt nun bereits danach davor dabei deshalb daher darum`),
  ),
  references: [
    ...wordList(`das dies diese dieser dieses diesem diesen jene jener jenes es sie er ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner
      dessen deren denen damit dadurch dabei dafür dagegen daher darum darauf daraus darin daran darüber davon davor dazu danach deshalb deswegen
      daraufhin dennoch trotzdem jedoch allerdings aber und oder doch sondern denn also außerdem zudem ferner hingegen stattdessen somit folglich
      anschließend schließlich ebenso beide beides solche solcher solches sonst hier dort so auch übrigens`),
    ...phraseList(`zum beispiel | im gegensatz dazu | darüber hinaus | auf diese weise | aus diesem grund | in diesem fall | mit anderen worten
      | kurz gesagt | nicht nur das | der grund | die antwort | das ergebnis | erstens | zweitens | drittens | einer davon | eine davon
      | letztere | letzterer | letzteres | erstere | ersterer | ersteres`),
  ],
  notReferences: [],
  leadIns:
    wordList(`mit ohne in im an am auf bei von aus nach vor seit zu für durch gegen über unter weil wenn obwohl während sobald trotz wegen
    alle viele einige nur leider derzeit heute`),
  replies:
    phraseList(`ja | nein | doch | jein | klar | natürlich | absolut | auf jeden fall | auf keinen fall | nicht ganz | nicht unbedingt
    | kommt darauf an | es kommt darauf an | das kommt darauf an | genau | richtig | sicher | selbstverständlich | vielleicht | meistens | teilweise
    | keine sorge | zwei dinge | drei dinge`),
  ties: new Set(wordList('dies diese dieser dieses diesem diesen jene jener solche solcher auch ebenfalls ihn ihm hier davon dazu damit')),
  teasers: {
    openers: phraseList(`erfahre | erfahren sie | lerne | lernen sie | entdecke | entdecken sie | lies weiter | lesen sie | hier erfahren
      | hier erfährst | hier ist | hier sind | hier kommt | so geht | so funktioniert | so gelingt | wir zeigen | wir erklären | wir stellen vor
      | in diesem beitrag | in diesem artikel | ich zeige | ich erkläre | dieser beitrag | dieser artikel | diese anleitung | finde heraus
      | finden sie heraus | stell dir vor | stellen sie sich | schauen wir | sehen wir | werfen wir | bereit für | kennst du | kennen sie | willkommen`),
    parts:
      phraseList(`in diesem beitrag | in diesem artikel | in diesem post | hier erfahren sie | hier erfährst du | lies weiter | weiterlesen
      | mehr dazu | schauen wir uns | wissen müssen | wissen musst | finden sie heraus | finde heraus`),
  },
  titleLike: phraseList(`warum | wie | was | ein leitfaden | der leitfaden | eine anleitung | ein überblick | schritt für schritt
    | schluss mit | nie wieder`),
  appeals: {
    openers:
      phraseList(`abonniere | abonnieren sie | melde dich | melden sie sich | jetzt testen | jetzt anmelden | klicke | klicken sie | folge uns
      | folgen sie uns | teste | testen sie | probiere | probieren sie | lade | laden sie | kontaktiere | kontaktieren sie | schreib uns | schreiben sie uns
      | foto: | bild: | quelle: | grafik: | hinweis: | danke | vielen dank | fragen? | siehe auch | bitte`),
    parts: phraseList(`hier klicken | klicke hier | klicken sie hier | jetzt anmelden | jetzt registrieren | jetzt testen | kostenlos testen
      | newsletter | in den kommentaren | kontaktiere uns | kontaktieren sie uns`),
  },
  pointers: {
    openers: phraseList('wie oben | wie bereits | wie erwähnt | siehe | oben | unten | weitere informationen | mehr informationen'),
    parts:
      phraseList(`wie folgt | folgende | folgenden | siehe oben | siehe unten | weiter oben | weiter unten | oben genannt | im nächsten abschnitt
      | in diesem abschnitt | die tabelle | die abbildung`),
  },
}
