import { type Phrases, phraseList, wordList } from './phrases.ts'

/** English. */
export const en: Phrases = {
  abbreviations: {
    neverLast:
      wordList(`dr. mr. mrs. ms. prof. rev. hon. gen. col. capt. lt. sgt. sen. rep. gov. st. mt. ft. e.g. i.e. viz. cf. vs. v. approx. ca. resp.
      incl. excl. esp. dept. ext. tel.`),
    seldomLast:
      wordList(`u.s. u.k. e.u. u.n. d.c. l.a. n.y. a.m. p.m. ph.d. b.a. m.a. m.d. inc. ltd. corp. co. llc. bros. jr. sr. etc. al. est. ave.
      blvd. rd. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri. sat. sun. max. avg. hrs. mins. secs.`),
    beforeNumber: wordList('no. nos. nr. p. pp. vol. vols. fig. figs. eq. ch. sec. sect. art. ver. ed. op. par. pt. ln. ref.'),
    ordinals: false,
  },
  functionWords: new Set(
    wordList(`a an the and or but nor so yet if then than that this these those there here it its it's he him his she her hers they them their
      we us our ours you your yours i me my mine who whom whose which what when where why how as at by for from in into of off on onto out over
      to toward under up upon with within without about above across after against along among around before behind below beneath beside between
      beyond during except inside like near since through throughout till until via be am is are was were been being do does did done doing
      have has had having can could will would shall should may might must not no yes don't doesn't didn't isn't aren't wasn't weren't
      won't can't i'm we're you're they're that's there's what's here's i've we've you've they've i'll we'll you'll they'll all any both each
      every few more most much many other others another some such only own same too very just also even still again once now ever never
      always often because while although though however therefore thus rather instead already almost quite per get gets got make makes made
      one let lets let's us use using used new excited thrilled happy pleased proud delighted glad announce announced announcing`),
  ),
  references: [
    ...wordList(`this that these those it its they them their theirs he him his she her hers such both neither either another others here
      however but and or nor so yet instead then also plus thus hence therefore otherwise similarly likewise furthermore moreover additionally
      meanwhile nevertheless nonetheless consequently accordingly besides conversely just still,`),
    ...phraseList(`for example | for instance | in addition | in other words | as a result | as such | in contrast | by contrast
      | on the other hand | on the one hand | that said | like always | as always | as usual | even so | even then | even better | even worse
      | in turn | in fact | in short | in that case | at that point | after all | of course | more importantly | most importantly | again,
      | first, | first off | second, | third, | firstly | secondly | thirdly | finally, | lastly | next,
      | the first | the second | the third | the last one | the other | the others | the former | the latter | the same
      | as a follow-up | as a follow up | we did not | we didn't | the vast majority | the majority | the rest | the survey is | i did | i started
      | the answer | the reason | the result | the results | the idea | the problem | the question | the difference | the takeaway | the catch
      | the trick | the key | the good news | the bad news | one is | one was | one has | one example | one reason | one more
      | each of them | each one | one of them | some of them | most of them | all of them | none of them | many of them | not that | not so | not only that`),
  ],
  notReferences:
    phraseList(`one of the | then- | the first of | the second of | the same as | the answer to | the reason for | the result of
    | the results of | the idea of | the problem with | the problem of | the question of | the difference between | the key to`),
  leadIns:
    wordList(`with without in on at for from to by as of after before because if when while since although though even once despite unlike like
    beyond under until through over all most some many much part none given where whether not only what how why beside behind within during
    obviously clearly unfortunately fortunately luckily sadly currently today simply knowing`),
  replies:
    phraseList(`yes | no | nope | yep | yeah | absolutely | definitely | certainly | of course | not really | not quite | not exactly | not yet
    | not at all | not necessarily | not directly | not always | it depends | that depends | sure | exactly | correct | indeed | partly | partially
    | usually | sometimes | maybe | probably | never | always | none | neither | both | it's simple
    | two things | three things | four things | five things | a few things | several things`),
  ties: new Set(wordList('this these those such also too he him she them they former latter here')),
  teasers: {
    openers:
      phraseList(`learn | discover | find out | find the full | read on | read the | read more | read about | read how | read why | see how | see why
      | see what | explore | dive in | dive into | let us | let me | allow me | get ready | stay tuned | join us | join me | here's | here is | here are
      | in this | this post | this article | this guide | this tutorial | this piece | this is why | this is how | and here's | but here's
      | so here's | we'll | we will show | we will look | i'll | i will show | want to | ready to | ever wonder | have you ever | imagine | spoiler
      | everything you need | all you need to know | we explain | we cover | we look at | we explore | we break down | we unpack | we dive | we discuss
      | i explain | i want to | tl;dr | keep reading | scroll down | guess what | don't worry | hello | say hello | welcome`),
    parts:
      phraseList(`let's | read on | keep reading | stay tuned | find out | here's why | here's how | here's what | here is why | here is how
      | here is what | in this post | in this article | in this guide | in this tutorial | in this section | in this series | without further ado
      | you need to know | you'll learn | you will learn | we'll show you | we'll explore | we'll cover | we'll walk | we will walk | more on that
      | what it means for | what this means for | why it matters | why this matters | what comes next`),
  },
  titleLike: phraseList(`how | why | what | a guide | a practical guide | a complete guide | the complete guide | your guide
    | step-by-step guide | practical guide | complete guide | a look at | a closer look | a deep dive | a recap | find the best | compare
    | stop wasting | stop doing | say goodbye | tired of`),
  appeals: {
    openers:
      phraseList(`subscribe | sign up | click | follow us | share this | share your | try | download | register | contact us | book a | get started
      | get in touch | start your | start free | check out | check it out | visit our | visit the | buy | order now | upgrade today | join the | join our
      | questions? | have questions | drop us | leave a | reply to | ping us | reach out | head over | head to | go to | give it a | apply now | apply here
      | thank you | thanks | if you have any questions | if you'd like | please | feel free | tell us | let us know | see you | watch the | enjoy
      | photo: | image: | picture: | credit: | source: | figure: | caption: | update: | edit: | disclaimer: | note: | note that | editor's note
      | originally published | related: | see also | further reading | if you are new | if you're new | if you're unfamiliar | if you are unfamiliar
      | if you missed | in case you missed | if you don't have | if you do not have | if you haven't | you can find | you'll find | you will find
      | you must be registered | you must register | you need to register | you can get | you can leave | you can read | to learn more | to read | to get started`),
    parts:
      phraseList(`click here | click to | sign up for | sign up here | sign up now | sign up today | subscribe to | subscribe now | read more | learn more | get started | contact us | let us know | let me know
      | feel free to | reach out to | check out | try it free | try it now | for free today | start for free | free trial | book a demo | follow us
      | our newsletter | on our website | in the comments | comments below | thank you | thanks to everyone | thanks to all | thanks for | would like to thank | came together to | don't forget to
      | drop us | photo by | image by | all rights reserved`),
  },
  pointers: {
    openers:
      phraseList(`as mentioned | as noted | as discussed | as shown | as seen | as described | above | below | see the | see our | see this
      | see below | for more | for details | for further | for the full | more details | more information | next up | back to`),
    parts:
      phraseList(`in question | the following | as follows | listed below | shown below | described below | outlined below | explained below | example below | instructions below | see above | shown above | mentioned above | described above | listed above | example above
      | code above | as mentioned | as described | above example | this section | next section | previous section | later in this | earlier in this
      | this example | these steps | this table | this chart | this screenshot | this diagram | this image | the table | the chart | the screenshot
      | the diagram | the figure | previous post | last post | first post | our post | blog post | this post | this article | this page
      | linked here | available here | found here | details here | at this link | full list | full details | for more information | for more details`),
  },
}
