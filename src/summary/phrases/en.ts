import { type Phrases, phraseList, wordList } from './phrases.ts'

/** English. */
export const en: Phrases = {
  abbreviations: {
    neverLast: wordList(
      'dr. mr. mrs. ms. prof. rev. hon. gen. col. capt. lt. sgt. sen. rep. gov. st. mt. ft. messrs. e.g. i.e. viz. cf. vs. v. approx. ca. resp. incl. excl. esp. dept. ext. tel.',
    ),
    seldomLast: wordList(
      'u.s. u.k. e.u. u.n. d.c. l.a. n.y. a.m. p.m. ph.d. b.a. m.a. m.d. inc. ltd. corp. co. llc. bros. jr. sr. etc. al. est. ave. blvd. rd. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mon. tue. wed. thu. fri. sat. sun. min. max. avg. hrs. mins. secs. yrs. govt. univ. assn.',
    ),
    beforeNumber: wordList('no. nos. nr. p. pp. vol. vols. fig. figs. eq. ch. sec. sect. art. ver. rev. ed. op. par. pt. ln. ref.'),
    ordinals: false,
  },
  functionWords: new Set(
    wordList(`a an the and or but nor so yet if then than that this these those there here it its it's he him his she her hers they them their
    we us our ours you your yours i me my mine who whom whose which what when where why how as at by for from in into of off on onto out over to
    toward under up upon with within without about above across after against along among around before behind below beneath beside between
    beyond during except inside like near since through throughout till until via be am is are was were been being do does did done doing
    have has had having can could will would shall should may might must not no yes n't don't doesn't didn't isn't aren't wasn't weren't
    won't can't i'm we're you're they're that's there's what's here's i've we've you've they've i'll we'll you'll they'll all any both each
    every few more most much many other others another some such only own same too very just also even still again once now ever never
    always often because while although though however therefore thus rather instead already almost quite per get gets got make makes made
    one let lets us use using used new`),
  ),
  references: [
    ...wordList(`this that these those it its they them their theirs he him his she her hers such both neither either another others one here
      however but and or nor so yet instead then also plus thus hence therefore otherwise similarly likewise furthermore moreover additionally
      meanwhile nevertheless nonetheless consequently accordingly besides conversely still again too`),
    ...phraseList(`for example|for instance|in addition|in other words|as a result|as such|in contrast|by contrast|on the other hand|on the one hand
      |that said|even so|even then|even better|even worse|in turn|in fact|in short|in that case|at that point|after all|of course|more importantly|most importantly
      |first,|first off|second,|third,|fourth,|firstly|secondly|thirdly|finally,|lastly|next,|the first|the second|the third|the fourth|the last one|the other|the others|the former|the latter
      |the same|the answer|the reason|the result|the results|the idea|the problem|the question|the point|the difference|the takeaway|the pitch|the trick|the catch|the key|the good news|the bad news
      |each of them|each one|one of them|some of them|most of them|all of them|none of them|many of them|part of it|not only that|same goes|not that|not so|not just|not because|i'm talking`),
  ],
  notReferences: phraseList('one in|one of the|one of our|one-|both the|then-|another one of'),
  leadIns:
    wordList(`with without in on at for from to by as of after before because if when while since although though even once despite unlike like beyond under
    until through over all most some many much part none despite given until where whether not only and but or so what how why beside besides behind within`),
  replies:
    phraseList(`yes|no|nope|yep|yeah|absolutely|definitely|certainly|of course|not really|not quite|not exactly|not yet|not at all|not necessarily|not directly|not always
    |it depends|that depends|sure|exactly|correct|indeed|partly|partially|mostly yes|usually|sometimes|maybe|probably|never|always|none|neither|both`),
  teasers: {
    openers:
      phraseList(`learn|discover|find out|read on|read more|read about|read how|read why|see how|see why|see what|explore|dive in|dive into|let's|let us|let me|allow me|get ready|stay tuned|join us|join me
      |here's|here is|here are|here we|in this|this post|this article|this guide|this tutorial|this blog|this piece|this is why|this is how|and here's|but here's|so here's|we'll|we will show|we will look|we will explore
      |i'll|i will show|want to|ready to|ever wonder|have you ever|imagine|spoiler|why|how|what|everything you need|all you need to know|a look at|a closer look|our take|your guide|a deep dive|a recap|we're excited|we are excited
      |we're thrilled|we are thrilled|we're happy|we're proud|we explain|we cover|we look|we explore|we break down|we unpack|we dive|we discuss|we walk|i explain|i cover|i want to|spoiler alert|tl;dr|keep reading|scroll down|guess what|say hello|meet the|welcome`),
    parts:
      phraseList(`read on|keep reading|stay tuned|find out|here's why|here's how|here's what|here is why|here is how|here is what|in this post|in this article|in this guide|in this tutorial|in this blog|in this section|in this series
      |let's dive|let's explore|let's look|let's take a look|let's see|without further ado|what you need to know|you need to know|you'll learn|you will learn|we'll show you|we'll explore|we'll cover|we'll walk|we will walk|more on that|and what it means for|why it matters|what comes next`),
  },
  appeals: {
    openers: phraseList(
      `subscribe|sign up|click|follow us|follow me|share|try|download|register|contact|contact us|book|get started|get in touch|start your|start free|check out|check it|visit|buy|order|upgrade today|join|questions|have questions|drop|leave a|reply|ping|reach out|head over|head to|go to|give it a|star us|apply|thank you|thanks|happy|if you have any questions|if you'd like|please|feel free|tell us|let us know|see you|watch|enjoy|photo|image|picture|credit|source|figure|caption|update|edit|disclaimer|note that|note|editor's note|originally|related|see also|further reading`,
    ),
    parts: phraseList(
      `click here|sign up|subscribe|read more|learn more|get started|contact us|let us know|let me know|feel free to|reach out to|check out|try it free|try it now|for free today|start for free|free trial|book a demo|follow us|our newsletter|in the comments|comments below|thank you|thanks to|thanks for|don't forget to|drop us|reply to this|photo by|image by|all rights reserved|cookie`,
    ),
  },
  pointers: {
    openers: phraseList(
      'as mentioned|as noted|as discussed|as shown|as seen|as described|as we|as i|above|below|see the|see our|see this|see below|for more|for details|for further|for a full|for the full|more details|more information|next up|previously|back to|looking at the',
    ),
    parts:
      phraseList(`the following|as follows|below|see above|shown above|mentioned above|described above|listed above|example above|code above|as mentioned|as described|above example|this section|next section|previous section|earlier section|later in this|earlier in this|this example|these steps|this table|this chart|this screenshot|this diagram|this image|the table|the chart|the screenshot|the diagram
      |the figure|linked here|available here|found here|details here|at this link|this link|this page|this blog|this post|this article|release notes for|full list|for more information|for more details`),
  },
}
