using System.Text.Json;
using System.Text.Json.Nodes;
using Crowd.Api.Demo;

namespace Crowd.Api.Examples;

/// <summary>A person of a simulated world who works over HTTP.</summary>
/// <param name="answer">What the person answers to a task with such an input.</param>
internal sealed class ExampleWorker(ApiClient api, string id, ExampleDocuments documents, Func<JsonElement, JsonObject> answer) : SimulatedWorker(api, id)
{
    protected override string TakeDocument => documents["Take"];

    protected override string AnswerDocument => documents["Answer"];

    protected override JsonObject AnswerTo(JsonElement input) => answer(input);
}
