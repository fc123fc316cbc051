using System.Text.Json.Serialization;

namespace Crowd.Domain;

/// <summary>When earned money is paid out by itself: at most once a day (UTC), when the threshold is reached.</summary>
/// <param name="Currency">The account.</param>
/// <param name="ThresholdMicros">From how much on; at least the least payout.</param>
/// <param name="Weekday">Only on this day of the week; null for every day.</param>
public sealed record PayoutSchedule(
    Currency Currency, long ThresholdMicros, [property: JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] DayOfWeek? Weekday);
