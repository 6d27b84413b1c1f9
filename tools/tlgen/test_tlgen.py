"""Run with: python3 -m unittest discover tools/tlgen"""

import pathlib
import unittest

import generate
import model
import parse

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "schema"


def build(text: str, downgrade: str = "") -> model.Model:
    known, combinators = parse.parse_file("// layers: 1 2 3\n" + text)
    return model.build(known, combinators, [], downgrade, primary=3)


def structure(made: model.Model, name: str) -> model.Structure:
    return next(s for s in made.structures if s.name == name)


class Schema(unittest.TestCase):
    def test_every_id_is_the_checksum_of_its_definition(self):
        for name in ("api.tl", "mtproto.tl"):
            for combinator in parse.parse_file((SCHEMA / name).read_text())[1]:
                self.assertEqual(parse.crc(combinator), combinator.id, combinator.text())

    def test_a_name_has_at_most_one_form_a_layer(self):
        seen = set()
        for combinator in parse.parse_file((SCHEMA / "api.tl").read_text())[1]:
            for layer in combinator.layers:
                key = (combinator.function, combinator.name, layer)
                self.assertNotIn(key, seen)
                seen.add(key)

    def test_what_a_layer_mentions_it_defines(self):
        made = generate.load(SCHEMA)
        for layer in made.layers:
            types = {v.type for s in made.structures if not s.function for v in s.variants if layer in v.layers}
            for item in made.structures:
                for variant in item.variants:
                    for op in variant.ops:
                        if layer in variant.layers and op.shape and op.shape.kind == "boxed":
                            self.assertIn(op.shape.type, types, f"{item.name} in layer {layer}")


class Parse(unittest.TestCase):
    def test_a_line_reads_back(self):
        line = "invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;"
        self.assertEqual(parse.parse_line(line, True).text(), line)

    def test_layers_are_ranges_of_the_known_ones(self):
        known = [144, 198, 221, 223]
        self.assertEqual(parse.parse_layers("144 221-223", known), (144, 221, 223))
        self.assertEqual(parse.format_layers((144, 198, 223), known), "144-198 223")

    def test_an_error_names_the_line(self):
        with self.assertRaisesRegex(parse.SchemaError, "line 2"):
            parse.parse_file("a#1 = A;\nnonsense\n")


class Union(unittest.TestCase):
    def test_fields_of_the_primary_layer_come_first(self):
        made = build("a#1 old:int = A; // 1\na#2 flags:# new:flags.0?int = A; // 2-3\n")
        self.assertEqual([m.name for m in structure(made, "a").members], ["new", "old"])

    def test_a_field_that_changed_its_type_is_two_members(self):
        made = build("a#1 x:string = A; // 1\na#2 x:Vector<int> = A; // 2-3\n")
        self.assertEqual([m.name for m in structure(made, "a").members], ["x", "x_l1"])

    def test_int_and_long_share_a_member(self):
        made = build("a#1 x:int = A; // 1\na#2 x:long = A; // 2-3\n")
        self.assertEqual([m.shape.kind for m in structure(made, "a").members], ["int64"])

    def test_optional_in_any_layer_is_optional(self):
        made = build("a#1 flags:# x:flags.0?int = A; // 1\na#2 x:int = A; // 2-3\n")
        self.assertTrue(structure(made, "a").members[0].optional)

    def test_fields_on_one_bit_know_of_each_other(self):
        made = build("a#1 flags:# x:flags.0?int y:flags.0?int z:flags.1?int = A; // 1-3\n")
        self.assertEqual([op.shared for op in structure(made, "a").variants[0].ops], [False, True, True, False])


class Downgrade(unittest.TestCase):
    def test_a_conversion_keeps_the_fields_of_the_same_name(self):
        made = build("a#1 x:int = A; // 1-3\nb#2 x:int y:int = A; // 2-3\n", "b -> a")
        (borrowed,) = structure(made, "b").borrowed
        self.assertEqual((borrowed.id, borrowed.layers, [op.member for op in borrowed.ops]), (1, (1,), [0]))

    def test_empty_constructors_stand_in_unless_they_need_something(self):
        made = build("aEmpty#1 = A; // 1-3\nbEmpty#2 id:long = B; // 1-3\n")
        self.assertEqual(list(made.fallbacks), ["A"])

    def test_a_stand_in_of_another_type_is_refused(self):
        with self.assertRaises(model.SchemaError):
            build("a#1 = A; // 1-3\nb#2 = B; // 1-3\n", "A -> b")


if __name__ == "__main__":
    unittest.main()
