"""Trains neural teachers for the grammar model and lets them parse news, so that the small model learns from more trees.

A teacher is one network for tags and trees: a pretrained encoder (where a folder with one is given), characters, and words, read by a
BiLSTM; on top a classifier of tags (UPOS and XPOS as one) and the biaffine parser of Dozat and Manning (2017). Several teachers with
different seeds form an ensemble: their probabilities are averaged, and the best tree with one root is found by Chu, Liu and Edmonds'
algorithm. Needs PyTorch, NumPy, and for an encoder the package transformers; runs on a GPU, slowly on a CPU.

    python3 bench/grammar_teacher.py train TREEBANKS teacher1.pt --seed 1 --encoder ENCODER
    python3 bench/grammar_teacher.py score TREEBANKS teacher1.pt teacher2.pt
    python3 bench/grammar_teacher.py label RAW.conllu silver.conllu teacher1.pt teacher2.pt

TREEBANKS is a folder with en_ewt-{train,dev,test}.conllu and en_gum_free-{train,dev,test}.conllu. ENCODER is a folder as the package
transformers writes it. RAW.conllu needs words only; sentences that repeat one before, and those too short or too long, are left out.
Seeds are fixed, but sums on a GPU are not the same to the last bit.
The silver file's last column has `Conf`, the ensemble's probability of the word's head and relation.
"""

import argparse
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

CHARACTERS = 20
PADDING, UNKNOWN, ROOT = 0, 1, 2


# Sentences


class Sentence:
    """Words with, where known, their tags, heads (0 is the root) and relations."""

    def __init__(self):
        self.id = ""
        self.forms, self.tags, self.heads, self.labels, self.misc = [], [], [], [], []


def read_conllu(path):
    """Reads the sentences of a file in CoNLL-U; ranges of words and empty nodes are passed over."""
    sentences, sentence = [], Sentence()
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                sentence.id = line[12:]
            elif not line:
                if sentence.forms:
                    sentences.append(sentence)
                sentence = Sentence()
            elif line[0].isdigit():
                columns = line.split("\t")
                if columns[0].isdigit():
                    sentence.forms.append(columns[1])
                    sentence.tags.append((columns[3], columns[4]))
                    sentence.heads.append(int(columns[6]) if columns[6].isdigit() else 0)
                    sentence.labels.append(columns[7])
                    sentence.misc.append(columns[9])
    if sentence.forms:
        sentences.append(sentence)
    return sentences


def read_treebanks(folder, part):
    return {bank: read_conllu(Path(folder) / f"{bank}-{part}.conllu") for bank in ("en_ewt", "en_gum_free")}


def select(sentences, shortest, longest):
    """The sentences of the wanted lengths, each text once."""
    seen, kept = set(), []
    for sentence in sentences:
        text = " ".join(sentence.forms)
        if shortest <= len(sentence.forms) <= longest and text not in seen:
            seen.add(text)
            kept.append(sentence)
    return kept


# Numbers for words, characters, tags and relations


@dataclass
class Vocabulary:
    """What a teacher knows by number."""

    words: dict
    characters: dict
    tags: list
    labels: list

    @classmethod
    def of(cls, sentences):
        words = Counter(form.lower() for sentence in sentences for form in sentence.forms)
        characters = Counter(character for sentence in sentences for form in sentence.forms for character in form)
        return cls(
            words={word: number for number, word in enumerate(sorted(w for w, n in words.items() if n > 1), ROOT + 1)},
            characters={c: number for number, c in enumerate(sorted(c for c, n in characters.items() if n > 2), ROOT + 1)},
            tags=sorted({tag for sentence in sentences for tag in sentence.tags}),
            labels=sorted({label for sentence in sentences for label in sentence.labels}),
        )


def recased(forms, chance):
    """The words, now and then in capitals, in small letters or as in a headline."""
    drawn = chance.random()
    if drawn < 0.04:
        return [form.upper() for form in forms]
    if drawn < 0.08:
        return [form.lower() for form in forms]
    if drawn < 0.12:
        return [form[:1].upper() + form[1:] for form in forms]
    return forms


class Reader:
    """Makes batches of numbers of sentences."""

    def __init__(self, vocabulary, tokenizer, device):
        self.vocabulary, self.tokenizer, self.device = vocabulary, tokenizer, device
        self.tags = {tag: number for number, tag in enumerate(vocabulary.tags)}
        self.labels = {label: number for number, label in enumerate(vocabulary.labels)}

    def subwords(self, sentences):
        """Numbers of the pieces of words, and where each word begins; the root stands at the first, special piece."""
        if not self.tokenizer:
            return [([0], [0] * (len(sentence.forms) + 1)) for sentence in sentences]
        pieces = []
        for sentence in sentences:
            ids, starts = [self.tokenizer.cls_token_id], [0]
            encoded = self.tokenizer(sentence.forms, add_special_tokens=False)["input_ids"]
            for word in encoded:
                starts.append(len(ids))
                ids.extend(word[:8] or [self.tokenizer.unk_token_id])
            pieces.append((ids[:511] + [self.tokenizer.sep_token_id], [min(start, 510) for start in starts]))
        return pieces

    def batch(self, sentences, pieces, chance=None):
        """Tensors for sentences; the root is word 0 of each. With `chance`, some sentences are recased."""
        count, width = len(sentences), max(len(s.forms) for s in sentences) + 1
        words = np.zeros((count, width), np.int64)
        characters = np.zeros((count, width, CHARACTERS), np.int64)
        starts = np.zeros((count, width), np.int64)
        tags, heads, labels = (np.full((count, width), -1, np.int64) for _ in range(3))
        subwords = np.zeros((count, max(len(ids) for ids, _ in pieces)), np.int64)
        known = self.vocabulary
        for row, (sentence, (ids, begins)) in enumerate(zip(sentences, pieces)):
            end = len(sentence.forms) + 1
            words[row, 0] = ROOT
            words[row, 1:end] = [known.words.get(form.lower(), UNKNOWN) for form in sentence.forms]
            for at, form in enumerate(recased(sentence.forms, chance) if chance else sentence.forms, 1):
                shown = form if len(form) <= CHARACTERS else form[: CHARACTERS // 2] + form[-CHARACTERS // 2 :]
                characters[row, at, : len(shown)] = [known.characters.get(c, UNKNOWN) for c in shown]
            starts[row, :end] = begins
            subwords[row, : len(ids)] = ids
            tags[row, 1:end] = [self.tags.get(tag, -1) for tag in sentence.tags]
            heads[row, 1:end] = sentence.heads
            labels[row, 1:end] = [self.labels.get(label, -1) for label in sentence.labels]
        arrays = dict(words=words, characters=characters, starts=starts, subwords=subwords, tags=tags, heads=heads, labels=labels)
        batch = {name: torch.from_numpy(array).to(self.device, non_blocking=True) for name, array in arrays.items()}
        batch["lengths"] = torch.tensor([len(s.forms) + 1 for s in sentences])
        return batch


def batches(sentences, words, chance=None):
    """Groups of places of sentences of like length, of at most so many words with padding."""
    noise = (lambda: chance.uniform(0.9, 1.1)) if chance else (lambda: 1.0)
    order = sorted(range(len(sentences)), key=lambda at: (len(sentences[at].forms) + 1) * noise())
    groups, group, width = [], [], 0
    for at in order:
        width = max(width, len(sentences[at].forms) + 1)
        if group and width * (len(group) + 1) > words:
            groups.append(group)
            group, width = [], len(sentences[at].forms) + 1
        group.append(at)
    groups.append(group)
    if chance:
        chance.shuffle(groups)
    return groups


# The network


class Biaffine(nn.Module):
    """A score of each pair of two sequences' vectors, for each of `outputs` classes."""

    def __init__(self, size, outputs):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, size + 1, size + 1))

    @staticmethod
    def with_bias(vectors):
        return F.pad(vectors, (0, 1), value=1.0)

    def pairs(self, dependents, heads):
        """Scores of all pairs: batch x dependents x heads, for one class."""
        left = self.with_bias(dependents) @ self.weight[0]
        return left @ self.with_bias(heads).transpose(1, 2)

    def matched(self, dependents, heads):
        """Scores of each dependent with the head at its own place: batch x dependents x classes."""
        return torch.einsum("bxi,lij,bxj->bxl", self.with_bias(dependents), self.weight, self.with_bias(heads))


class Teacher(nn.Module):
    """Tags and parses."""

    def __init__(self, vocabulary, encoder, size=400, layers=2, dropout=0.33):
        super().__init__()
        self.encoder = encoder
        self.words = nn.Embedding(len(vocabulary.words) + ROOT + 1, 128, padding_idx=PADDING)
        self.characters = nn.Embedding(len(vocabulary.characters) + ROOT + 1, 64, padding_idx=PADDING)
        self.shapes = nn.ModuleList(nn.Conv1d(64, 96, width, padding=width // 2) for width in (3, 5))
        inputs = 128 + 2 * 96
        if encoder is not None:
            self.mix = nn.Parameter(torch.zeros(encoder.config.num_hidden_layers + 1))
            inputs += encoder.config.hidden_size
        self.reader = nn.LSTM(inputs, size, layers, batch_first=True, bidirectional=True, dropout=dropout)
        self.dropout = nn.Dropout(dropout)
        project = lambda outputs: nn.Sequential(nn.Linear(2 * size, outputs), nn.LeakyReLU(0.1), nn.Dropout(dropout))
        self.arc_dependent, self.arc_head = project(500), project(500)
        self.label_dependent, self.label_head = project(150), project(150)
        self.arcs, self.labels = Biaffine(500, 1), Biaffine(150, len(vocabulary.labels))
        self.tags = nn.Sequential(project(300), nn.Linear(300, len(vocabulary.tags)))
        self.word_dropout = 0.25

    def read(self, batch):
        """Vectors of the words in their sentences."""
        words = batch["words"]
        if self.training:
            dropped = (torch.rand(words.shape, device=words.device) < self.word_dropout) & (words > ROOT)
            words = words.masked_fill(dropped, UNKNOWN)
        count, width, length = batch["characters"].shape
        characters = self.characters(batch["characters"].view(count * width, length)).transpose(1, 2)
        shapes = [shape(characters).max(2).values.view(count, width, -1) for shape in self.shapes]
        parts = [self.words(words), *shapes]
        if self.encoder is not None:
            layers = self.encoder(batch["subwords"], batch["subwords"] != PADDING, output_hidden_states=True).hidden_states
            weights = torch.softmax(self.mix, 0)
            mixed = sum(weight * layer for weight, layer in zip(weights, layers))
            parts.append(mixed.gather(1, batch["starts"].unsqueeze(2).expand(-1, -1, mixed.size(2))))
        inputs = self.dropout(torch.cat(parts, 2))
        packed = pack_padded_sequence(inputs, batch["lengths"], batch_first=True, enforce_sorted=False)
        outputs, _ = pad_packed_sequence(self.reader(packed)[0], batch_first=True)
        return self.dropout(outputs)

    def forward(self, batch):
        """Scores of tags and heads, and the vectors from which relations are scored."""
        vectors = self.read(batch)
        arcs = self.arcs.pairs(self.arc_dependent(vectors), self.arc_head(vectors)).float()
        none = batch["words"].eq(PADDING).unsqueeze(1)
        itself = torch.eye(arcs.size(1), dtype=torch.bool, device=arcs.device)
        arcs = arcs.masked_fill(none | itself, -1e4)
        return self.tags(vectors).float(), arcs, (self.label_dependent(vectors), self.label_head(vectors))

    def label_scores(self, vectors, heads):
        dependents, all_heads = vectors
        chosen = all_heads.gather(1, heads.clamp(min=0).unsqueeze(2).expand(-1, -1, all_heads.size(2)))
        return self.labels.matched(dependents, chosen).float()

    def loss(self, batch):
        tags, arcs, vectors = self(batch)
        labels = self.label_scores(vectors, batch["heads"])
        entropy = lambda scores, right: F.cross_entropy(scores.flatten(0, 1), right.flatten(), ignore_index=-1)
        return entropy(tags, batch["tags"]) + entropy(arcs, batch["heads"]) + entropy(labels, batch["labels"])


def half_precision(device):
    return torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda")


def load_encoder(folder):
    """The tokenizer and the network of a pretrained encoder."""
    from transformers import AutoModel, AutoTokenizer

    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False).float()
    return AutoTokenizer.from_pretrained(folder, use_fast=True), encoder


def save(path, teacher, vocabulary, encoder):
    torch.save({"weights": teacher.state_dict(), "vocabulary": asdict(vocabulary), "encoder": encoder}, path)


def load(path, device):
    """A trained teacher and its reader."""
    saved = torch.load(path, map_location=device, weights_only=True)
    vocabulary = Vocabulary(**saved["vocabulary"])
    tokenizer, encoder = load_encoder(saved["encoder"]) if saved["encoder"] else (None, None)
    teacher = Teacher(vocabulary, encoder).to(device)
    teacher.load_state_dict(saved["weights"])
    return teacher.eval(), Reader(vocabulary, tokenizer, device)


# The best tree


def is_tree(heads):
    """Whether all words lead to word 0 and exactly one hangs from it. `heads[0]` is not read."""
    if sum(1 for head in heads[1:] if head == 0) != 1:
        return False
    for word in range(1, len(heads)):
        at = word
        for _ in range(len(heads)):
            if at == 0:
                break
            at = heads[at]
        if at != 0:
            return False
    return True


def find_cycle(heads):
    """The words of a cycle, or none."""
    state = [0] * len(heads)
    for word in range(1, len(heads)):
        path, at = [], word
        while at != 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if at != 0 and at in path:
            return path[path.index(at) :]
        for seen in path:
            state[seen] = 2
    return []


def maximum_tree(scores):
    """Heads of the tree with the greatest sum of `scores[dependent, head]`, rooted in word 0: Chu, Liu and Edmonds."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    outside = [word for word in range(len(scores)) if word not in set(cycle)]
    own = scores[cycle, heads[cycle]]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -1e9)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    # An arc into the cycle breaks it where it pays most; an arc out of it starts at the word that pays most.
    entering = scores[np.ix_(cycle, outside)] - own[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    smaller[size, :size] = entering.max(0)
    smaller[:size, size] = leaving.max(1)
    inner = maximum_tree(smaller)
    for at, word in enumerate(outside[1:], 1):
        heads[word] = cycle[leaving[at].argmax()] if inner[at] == size else outside[inner[at]]
    broken = cycle[entering[:, inner[size]].argmax()]
    heads[broken] = outside[inner[size]]
    return heads


def best_tree(probabilities):
    """Heads of the likeliest tree with one root; `probabilities[dependent, head]`."""
    heads = probabilities.argmax(1)
    heads[0] = 0
    if is_tree(heads.tolist()):
        return heads
    scores = np.log(probabilities.astype(np.float64) + 1e-9)
    scores[:, 0] -= 1e4  # a second word at the root costs more than anything else
    np.fill_diagonal(scores, -1e8)
    return maximum_tree(scores)


# Work with an ensemble


@torch.no_grad()
def parse(members, sentences, words=12000):
    """Parses sentences by teachers with the same tags and relations: a list of (tags, heads, labels, confidences) for each."""
    device = members[0][1].device
    vocabulary = members[0][1].vocabulary
    pieces = members[0][1].subwords(sentences)
    parsed = [None] * len(sentences)
    for group in batches(sentences, words):
        chosen = [sentences[at] for at in group]
        batch = members[0][1].batch(chosen, [pieces[at] for at in group])
        tags, arcs, vectors = 0, 0, []
        with half_precision(device):
            for teacher, _ in members:
                tag_scores, arc_scores, label_vectors = teacher(batch)
                tags = tags + tag_scores.softmax(2) / len(members)
                arcs = arcs + arc_scores.softmax(2) / len(members)
                vectors.append(label_vectors)
        probabilities = arcs.cpu().numpy()
        heads = np.zeros(probabilities.shape[:2], np.int64)
        for row, sentence in enumerate(chosen):
            end = len(sentence.forms) + 1
            heads[row, :end] = best_tree(probabilities[row, :end, :end])
        taken = torch.from_numpy(heads).to(device)
        labels = 0
        with half_precision(device):
            for (teacher, _), label_vectors in zip(members, vectors):
                labels = labels + teacher.label_scores(label_vectors, taken).softmax(2) / len(members)
        # The word that hangs from the root is called "root", and no other.
        labels[:, :, vocabulary.labels.index("root")] = (taken == 0).float()
        sure, labels = labels.max(2)
        sure = (sure * arcs.gather(2, taken.unsqueeze(2)).squeeze(2)).cpu().numpy()
        tags, labels = tags.argmax(2).cpu().numpy(), labels.cpu().numpy()
        for row, at in enumerate(group):
            end = len(sentences[at].forms) + 1
            parsed[at] = (
                [vocabulary.tags[tag] for tag in tags[row, 1:end]],
                heads[row, 1:end].tolist(),
                [vocabulary.labels[label] for label in labels[row, 1:end]],
                sure[row, 1:end].tolist(),
            )
    return parsed


def score(members, sentences):
    """UPOS, XPOS, UAS and LAS (without subtypes) in per cent."""
    right, words = np.zeros(4), 0
    for sentence, (tags, heads, labels, _) in zip(sentences, parse(members, sentences)):
        for gold_tag, tag, gold_head, head, gold_label, label in zip(
            sentence.tags, tags, sentence.heads, heads, sentence.labels, labels
        ):
            arc = gold_head == head
            same = gold_label.split(":")[0] == label.split(":")[0]
            right += (gold_tag[0] == tag[0], gold_tag[1] == tag[1], arc, arc and same)
            words += 1
    return 100 * right / words


def show(name, scores):
    print(f"{name:28} UPOS {scores[0]:6.2f}  XPOS {scores[1]:6.2f}  UAS {scores[2]:6.2f}  LAS {scores[3]:6.2f}", flush=True)


def train(options):
    begin = time.time()
    torch.manual_seed(options.seed)
    chance = random.Random(options.seed)
    device = torch.device(options.device)
    parts = read_treebanks(options.treebanks, "train")
    sentences = [sentence for bank in parts.values() for sentence in bank][: options.sentences]
    dev = {name: bank[: options.sentences] for name, bank in read_treebanks(options.treebanks, "dev").items()}
    vocabulary = Vocabulary.of(sentences)
    tokenizer, encoder = load_encoder(options.encoder) if options.encoder else (None, None)
    reader = Reader(vocabulary, tokenizer, device)
    pieces = reader.subwords(sentences)
    teacher = Teacher(vocabulary, encoder).to(device)
    pretrained = list(encoder.parameters()) if encoder is not None else []
    own = [weight for name, weight in teacher.named_parameters() if not name.startswith("encoder.")]
    rates = [options.encoder_rate, options.rate]
    optimizer = torch.optim.AdamW(
        [{"params": pretrained}, {"params": own}], lr=options.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=device.type == "cuda"
    )
    steps, step = options.epochs * len(batches(sentences, options.words)), 0
    best = -1.0
    for epoch in range(1, options.epochs + 1):
        teacher.train()
        total = torch.zeros((), device=device)
        for group in batches(sentences, options.words, chance):
            # The rates rise, then fall to nothing at the last step, or when the time is up.
            done = max(step / steps, (time.time() - begin) / options.seconds)
            if done >= 1:
                break
            for rate, group_options in zip(rates, optimizer.param_groups):
                group_options["lr"] = rate * min(done / 0.06, (1 - done) / 0.94) if done < 1 else 0.0
            batch = reader.batch([sentences[at] for at in group], [pieces[at] for at in group], chance)
            with half_precision(device):
                loss = teacher.loss(batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimizer.step()
            total += loss.detach()
            step += 1
        ended = epoch == options.epochs or (time.time() - begin) >= options.seconds
        if epoch % options.every == 0 or ended:
            teacher.eval()
            scores = {name: score([(teacher, reader)], bank) for name, bank in dev.items()}
            mean = sum(row[3] for row in scores.values()) / len(scores)
            print(f"seed {options.seed} epoch {epoch} {time.time() - begin:.0f} s loss {total.item():.1f}", flush=True)
            for name, row in scores.items():
                show(f"  {name} dev", row)
            if mean > best:
                best = mean
                save(options.out, teacher, vocabulary, options.encoder)
        if ended:
            break


def report(options):
    device = torch.device(options.device)
    members = [load(path, device) for path in options.teachers]
    for part in ("dev", "test"):
        for name, bank in read_treebanks(options.treebanks, part).items():
            parts = {"": bank}
            if name == "en_gum_free":
                parts[" news"] = [sentence for sentence in bank if sentence.id.startswith("GUM_news")]
            for suffix, chosen in parts.items():
                for path, member in zip(options.teachers, members) if not suffix else ():
                    show(f"{name} {part} {Path(path).stem}", score([member], chosen))
                show(f"{name}{suffix} {part} all", score(members, chosen))


def label(options):
    device = torch.device(options.device)
    members = [load(path, device) for path in options.teachers]
    share, shares = (int(number) for number in options.share.split("/"))
    sentences = select(read_conllu(options.raw), options.shortest, options.longest)[share - 1 :: shares]
    with open(options.out, "w", encoding="utf-8") as out:
        for begin in range(0, len(sentences), 5000):
            chosen = sentences[begin : begin + 5000]
            for sentence, (tags, heads, labels, sure) in zip(chosen, parse(members, chosen)):
                if sentence.id:
                    out.write(f"# sent_id = {sentence.id}\n")
                rows = zip(sentence.forms, tags, heads, labels, sure)
                for number, (form, (upos, xpos), head, relation, confidence) in enumerate(rows, 1):
                    out.write(f"{number}\t{form}\t_\t{upos}\t{xpos}\t_\t{head}\t{relation}\t_\tConf={confidence:.2f}\n")
                out.write("\n")
            out.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    device = "cuda" if torch.cuda.is_available() else "cpu"

    command = commands.add_parser("train", help="train one teacher; the best on dev is kept")
    command.add_argument("treebanks")
    command.add_argument("out")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("--encoder", default="", help="folder of a pretrained encoder")
    command.add_argument("--epochs", type=int, default=30)
    command.add_argument("--seconds", type=float, default=1e9, help="time after which training has ended, its rates fallen")
    command.add_argument("--words", type=int, default=3000, help="words of a batch, with padding")
    command.add_argument("--rate", type=float, default=1.5e-3)
    command.add_argument("--encoder-rate", type=float, default=1.5e-4)
    command.add_argument("--every", type=int, default=5, help="epochs between looks at dev")
    command.add_argument("--sentences", type=int, help="train and look at so many only, for a trial")
    command.set_defaults(run=train)

    command = commands.add_parser("score", help="score teachers and their ensemble on dev and test")
    command.add_argument("treebanks")
    command.add_argument("teachers", nargs="+")
    command.set_defaults(run=report)

    command = commands.add_parser("label", help="parse raw sentences")
    command.add_argument("raw")
    command.add_argument("out")
    command.add_argument("teachers", nargs="+")
    command.add_argument("--shortest", type=int, default=4)
    command.add_argument("--longest", type=int, default=60)
    command.add_argument("--share", default="1/1", help="2/4 parses the second of four parts")
    command.set_defaults(run=label)

    for command in commands.choices.values():
        command.add_argument("--device", default=device)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
