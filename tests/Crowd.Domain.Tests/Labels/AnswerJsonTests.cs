using System.Text.Json;

namespace Crowd.Domain.Tests.Labels;

public class AnswerJsonTests
{
    public static TheoryData<Answer, string> Cases => new()
    {
        { new Answer.Choice("cat"), """{"kind":"choice","label":"cat"}""" },
        { new Answer.Choices(["cat", "dog"]), """{"kind":"choices","labels":["cat","dog"]}""" },
        { new Answer.Choices([]), """{"kind":"choices","labels":[]}""" },
        { new Answer.Rated(-3), """{"kind":"rating","value":-3}""" },
        { new Answer.Numeric(0.1), """{"kind":"number","value":0.1}""" },
        { new Answer.Written("ein \u00fc"), """{"kind":"text","text":"ein \u00FC"}""" },
        { new Answer.Boxed([new("car", 1, 2.5, 3, 4)]), """{"kind":"boxes","boxes":[{"class":"car","x":1,"y":2.5,"width":3,"height":4}]}""" },
        { new Answer.Spanned([new("name", 0, 5)]), """{"kind":"spans","spans":[{"class":"name","start":0,"end":5}]}""" },
        { new Answer.Preferred(Side.Tie), """{"kind":"preferred","side":"tie"}""" },
        { new Answer.Ranked(["b", "a"]), """{"kind":"ranking","order":["b","a"]}""" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_answer_has_this_json_and_is_read_back(Answer answer, string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(answer, DomainJson.Default.Answer));
        Assert.Equal(answer, JsonSerializer.Deserialize(json, DomainJson.Default.Answer));
    }
}
