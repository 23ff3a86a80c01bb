import { type Phrases, phraseList, wordList } from './phrases.ts'

/** Japanese. Its sentences end in 。 alone, so there is no abbreviation to know. */
export const ja: Phrases = {
  abbreviations: { neverLast: [], seldomLast: [], beforeNumber: [], ordinals: false },
  functionWords: new Set(
    wordList(`は が の に を と で も へ や か ね よ から まで より だけ など ば て た だ です ます でし まし した する し さ れ られ いる い ある あり なる なり
      この その あの これ それ あれ ここ そこ こと もの ため よう とき 場合 また そして しかし ない なく ません という として について による によって`),
  ),
  references:
    phraseList(`これ | それ | あれ | この | その | あの | ここ | そこ | こう | そう | こちら | そちら | どちらも | 両方 | 彼 | 彼女 | 彼ら
    | しかし | また | そして | ただし | なお | さらに | したがって | つまり | 例えば | たとえば | 一方 | 次に | 最後に | まず | でも | だから | ですが
    | では | すると | 逆に | 同様に | 加えて | 結果として | 前者 | 後者`),
  notReferences: phraseList('その他の | これまで | そのまま | まずは'),
  leadIns: [],
  replies: phraseList('はい | いいえ | もちろん | 場合によります | そうです | いえ | ええ | 必ずしも'),
  ties: new Set(wordList('これ それ この その これら それら ここ そこ')),
  teasers: {
    openers: phraseList('この記事では | 本記事では | この投稿では | このブログ | 今回は | 詳しく見て | それでは'),
    parts:
      phraseList(`この記事では | 本記事では | この投稿では | ご紹介します | 紹介していきます | 見ていきましょう | 見てみましょう | ましょう。 | 続きを読む
      | お楽しみに`),
  },
  titleLike: [],
  appeals: {
    openers: phraseList('ぜひ | 写真： | 画像： | 出典： | 注： | 注意： | 詳細は | 詳しくは'),
    parts: phraseList('ください | お問い合わせ | ご登録 | クリック | ニュースレター | フォローして'),
  },
  pointers: {
    openers: phraseList('以下 | 上記 | 下記 | 前述 | 先述 | 上の図 | 次の図 | 詳細について'),
    parts: phraseList(
      '以下の | 以下に | 以下が | 以下を | 上記の | 下記の | 次の通り | 次のとおり | この例 | この図 | この表 | このセクション | この章',
    ),
  },
}
