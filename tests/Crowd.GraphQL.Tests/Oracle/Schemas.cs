namespace Crowd.GraphQL.Tests.Oracle;

/// <summary>The schemas that documents are made for.</summary>
internal static class Schemas
{
    public const string Zoo = """"
        """What lives here."""
        type Query {
          animal(id: ID!): Animal
          animals(kind: Kind = CAT, first: Int! = 3, names: [String!]): [Animal!]!
          being(where: Where): Being
          beings: [Being]
          keeper: Keeper!
          matrix: [[Int!]]!
          old: String @deprecated
          older: String @deprecated(reason: "Use \"old\".\nOr not.")
        }

        type Mutation {
          feed(id: ID!, amount: Float = 1.5): Animal
          name(animal: NewAnimal!): Animal!
          rename(names: [NewAnimal!]! = [{name: "x"}]): [Being!]
        }

        type Subscription {
          born(kind: Kind): Animal
          died: Being
        }

        """
        An animal:

          indented
        """
        interface Animal implements Being {
          id: ID!
          name(length: Int): String
          friends(first: Int = 2): [Animal]
        }

        interface Being {
          id: ID!
        }

        type Cat implements Animal & Being {
          id: ID!
          name(length: Int): String
          friends(first: Int = 2): [Animal!]
          lives: Int!
          prey: Prey
          kind: Kind!
        }

        type Dog implements Animal & Being {
          id: ID!
          name(length: Int): String!
          friends(first: Int = 2): [Animal]!
          lives: Int
          tricks: [String!]!
          kind: Kind
          owner: Keeper
        }

        type Keeper implements Being {
          id: ID!
          pets: [Pet!]
          name: String!
          boss: Keeper
          weight: Float
          awake: Boolean!
        }

        union Pet = Cat | Dog

        union Prey = Keeper | Dog

        enum Kind {
          CAT
          """The other."""
          DOG
          FISH @deprecated(reason: "Swam away.")
        }

        input Where {
          kind: Kind
          name: String
          weight: Range
          anyOf: [Where!]
          limit: Int! = 10
        }

        input Range {
          from: Float!
          to: Float = 9.5
        }

        input NewAnimal {
          name: String!
          kind: Kind! = DOG
          tags: [[String]!]
          age: Int
          awake: Boolean = true
        }
        """";

    public const string Shop = """
        type Query {
          node(id: ID!): Node
          search(by: By!, options: [Option!]! = [], page: Page): [Result!]!
          order(key: Key): Order!
          echo(int: Int, float: Float, string: String, boolean: Boolean, id: ID, json: Json, size: Size, list: [Int], deep: [[By!]]): String
          price(in: Currency!): Money
        }

        type Mutation {
          place(order: OrderInput!): Order
          cancel(id: ID!, reason: String = "none", sizes: [Size!] = [S, L]): Boolean
        }

        interface Node {
          id: ID!
          tags: [String]
        }

        type Order implements Node {
          id: ID!
          tags: [String!]!
          lines(size: Size): [Line!]!
          total: Money!
          by: Customer
        }

        type Line {
          product: Product!
          count: Int!
          sizes: [Size!]
        }

        type Product implements Node {
          id: ID!
          tags: [String]
          title: String!
          price(in: Currency! = "EUR"): Money!
          related: [Product]
          meta: Json
        }

        type Customer implements Node {
          id: ID!
          tags: [String]
          orders: [Order]!
          name: String
        }

        type Money {
          amount: Float!
          currency: Currency!
        }

        union Result = Product | Customer | Order

        scalar Json

        scalar Currency @specifiedBy(url: "https://example.org/currency")

        enum Size {
          S
          M
          L
        }

        input By @oneOf {
          id: ID
          title: String
          range: Between
          any: [By!]
        }

        input Between {
          low: Int!
          high: Int = 100
        }

        input Option {
          size: Size
          by: By
        }

        input Page {
          first: Int! = 10
          after: ID
        }

        input Key {
          by: By!
          strict: Boolean!
        }

        input OrderInput {
          customer: ID!
          lines: [LineInput!]!
          note: String
          gift: Boolean! = false
        }

        input LineInput {
          product: ID!
          count: Int = 1
          sizes: [Size]
        }
        """;

    /// <summary>No mutation or subscription, deep nesting of lists and non-null, so that null goes far.</summary>
    public const string Tree = """
        type Query {
          root: Branch!
          maybe: Branch
          forest: [[Branch!]!]
          leaf(at: [Int!]): Leaf
        }

        type Branch {
          id: ID!
          left: Branch
          right: Branch!
          children: [Branch!]!
          sparse: [Branch]
          leaves: [[Leaf!]]!
          either: Either!
          depth: Int!
        }

        type Leaf {
          id: ID!
          value: Float!
          label: String
          branch: Branch!
        }

        union Either = Branch | Leaf
        """;

    public static IReadOnlyList<string> All => [Zoo, Shop, Tree];
}
