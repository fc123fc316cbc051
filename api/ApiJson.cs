using System.Text.Json;
using System.Text.Json.Serialization;
using Crowd.Api.Bulk;

namespace Crowd.Api;

/// <summary>JSON of the api's own types.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(Demo.DemoReport))]
[JsonSerializable(typeof(Examples.ExampleReport))]
[JsonSerializable(typeof(Loop.OversightView))]
[JsonSerializable(typeof(Loop.RewardLine))]
[JsonSerializable(typeof(Loop.RewardReport))]
internal sealed partial class ApiJson : JsonSerializerContext;
