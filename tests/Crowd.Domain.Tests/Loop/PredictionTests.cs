using System.Text.Json;
using static Crowd.Domain.Tests.Some;

namespace Crowd.Domain.Tests.Loop;

public class PredictionTests
{
    private static readonly Prediction Said = new() { Model = "net", Version = "1", Label = Cat };

    public static TheoryData<Prediction, string> Wrong => new()
    {
        { Said with { Model = "" }, "model" },
        { Said with { Version = new('x', 101) }, "version" },
        { Said with { Confidence = 1.01 }, "confidence" },
        { Said with { Confidence = double.NaN }, "confidence" },
        { Said with { Label = new Answer.Choice("yak") }, "label.choice" },
        { Said with { Label = new Answer.Rated(3) }, "label" },
        { Said with { Scores = [new("yak", 1)] }, "scores.yak" },
        { Said with { Scores = [new("cat", 0.4), new("dog", 0.4)] }, "scores" },
        { Said with { Scores = [new("cat", 0.5), new("cat", 0.5)] }, "scores.cat" },
        { Said with { Rationale = new('x', 2_001) }, "rationale" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_with_its_path(Prediction prediction, string path) =>
        Assert.Contains(path, prediction.Check(Animals, TaskInput.Unknown).Select(v => v.Path));

    [Fact]
    public void Confidence_and_margin_follow_from_scores()
    {
        var said = (Said with { Scores = [new("owl", 0.1), new("cat", 0.6), new("dog", 0.3)] }).Normalise(Animals);
        Assert.Equal(0.6, said.Confidence);
        Assert.Equal(0.3, said.Margin(Animals)!.Value, 12);
        Assert.Equal(["cat", "dog", "owl"], said.Scores!.Select(s => s.Class));
        Assert.Null((Said with { Confidence = 0.8 }).Margin(Animals));
        Assert.Equal(0.1, (Said with { Confidence = 0.8 }).Probability(Animals, 1)!.Value, 12);
    }

    [Fact]
    public void Words_that_labelled_inputs_have_are_not_new()
    {
        var vocabulary = new Vocabulary();
        Assert.Null(vocabulary.Novelty(Json("""{"text":"a parcel"}""")));
        vocabulary.Learn(Json("""{"text":"Where is my parcel?","n":5}"""));
        Assert.Equal(0, vocabulary.Novelty(Json("""["PARCEL", {"x": "my 5"}]""")));
        Assert.Equal(0.5, vocabulary.Novelty(Json("\"parcel zebra\"")));
        Assert.Null(vocabulary.Novelty(Json("\"?!\"")));
    }

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
