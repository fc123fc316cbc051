using System.Text.Json;
using FsCheck.Fluent;

namespace Crowd.Domain.Tests.Moneys;

public class MoneyTests
{
    private static readonly Currency Yen = Parse("JPY");
    private static readonly Currency Dinar = Parse("KWD");

    [Theory]
    [InlineData("USD", 0, 0)]
    [InlineData("USD", 9_999, 0)]
    [InlineData("USD", 10_000, 1)]
    [InlineData("USD", 1_239_999, 123)]
    [InlineData("USD", -1_239_999, -123)]
    [InlineData("JPY", 999_999, 0)]
    [InlineData("JPY", 1_000_000, 1)]
    [InlineData("JPY", 12_345_678, 12)]
    [InlineData("KWD", 999, 0)]
    [InlineData("KWD", 1_000, 1)]
    [InlineData("KWD", 1_239_999, 1_239)]
    [InlineData("KWD", -1_001, -1)]
    public void Minor_units_follow_the_exponent_and_round_towards_zero(string code, long micros, long minor)
    {
        var money = new Money(micros, Parse(code));
        Assert.Equal(minor, money.WholeMinorUnits);
        Assert.Equal(minor * money.Currency.MicrosPerMinorUnit, money.InWholeMinorUnits().Micros);
        Assert.Equal(money.Currency, money.InWholeMinorUnits().Currency);
    }

    [Fact]
    public void What_whole_minor_units_leave_behind_is_less_than_one() => Property.Holds(
        Property.AnyLong.SelectMany(micros => Gen.Elements("USD", "JPY", "KWD").Select(code => new Money(micros, Parse(code)))),
        money =>
        {
            var left = (Int128)money.Micros - money.InWholeMinorUnits().Micros;
            Assert.True(Int128.Abs(left) < money.Currency.MicrosPerMinorUnit);
            Assert.True(Int128.Abs(money.InWholeMinorUnits().Micros) <= Int128.Abs(money.Micros));
        });

    [Theory]
    [InlineData("USD", 1_500_000, "1.50 USD")]
    [InlineData("USD", 5_000, "0.005 USD")]
    [InlineData("USD", 1, "0.000001 USD")]
    [InlineData("USD", -10_000, "-0.01 USD")]
    [InlineData("JPY", 12_000_000, "12 JPY")]
    [InlineData("JPY", 12_500_000, "12.5 JPY")]
    [InlineData("KWD", 1_500_000, "1.500 KWD")]
    [InlineData("KWD", 1_500_100, "1.5001 KWD")]
    public void For_people_it_has_the_decimals_it_needs(string code, long micros, string text) => Assert.Equal(text, new Money(micros, Parse(code)).ToString());

    [Fact]
    public void Sums_and_products_are_exact()
    {
        Assert.Equal(Some.Usd(8), Some.Usd(5) + Some.Usd(3));
        Assert.Equal(Some.Usd(-2), Some.Usd(3) - Some.Usd(5));
        Assert.Equal(Some.Usd(-15), Some.Usd(5) * -3);
        Assert.Equal(Some.Usd(0), Money.Zero(Currency.Usd));
    }

    [Fact]
    public void Arithmetic_that_overflows_is_refused()
    {
        Assert.Throws<OverflowException>(() => Some.Usd(long.MaxValue) + Some.Usd(1));
        Assert.Throws<OverflowException>(() => Some.Usd(long.MinValue) - Some.Usd(1));
        Assert.Throws<OverflowException>(() => Some.Usd(long.MaxValue / 2) * 3);
    }

    [Fact]
    public void Currencies_never_mix()
    {
        var yen = new Money(1, Yen);
        Assert.Throws<InvalidOperationException>(() => Some.Usd(1) + yen);
        Assert.Throws<InvalidOperationException>(() => Some.Usd(1) - yen);
        Assert.Throws<InvalidOperationException>(() => Some.Usd(1) < yen);
        Assert.Throws<InvalidOperationException>(() => Some.Usd(1).CompareTo(new Money(1, Dinar)));
        Assert.NotEqual(Some.Usd(1), yen);
    }

    [Fact]
    public void Amounts_compare_by_size() => Property.Holds(Gen.Two(Property.AnyLong), two =>
    {
        var (left, right) = (Some.Usd(two.Item1), Some.Usd(two.Item2));
        Assert.Equal(two.Item1 < two.Item2, left < right);
        Assert.Equal(two.Item1 > two.Item2, left > right);
        Assert.Equal(two.Item1 <= two.Item2, left <= right);
        Assert.Equal(two.Item1 >= two.Item2, left >= right);
    });

    [Fact]
    public void Json_holds_the_micros_and_the_code()
    {
        var json = JsonSerializer.Serialize(new PayoutState { Amount = new(5, Yen), Worker = Some.Worker(1) }, DomainJson.Default.PayoutState);
        using var document = JsonDocument.Parse(json);
        Assert.Equal(5, document.RootElement.GetProperty("amount").GetProperty("micros").GetInt64());
        Assert.Equal("JPY", document.RootElement.GetProperty("amount").GetProperty("currency").GetString());
        Assert.Equal(new Money(5, Yen), JsonSerializer.Deserialize(json, DomainJson.Default.PayoutState)!.Amount);
    }

    private static Currency Parse(string code)
    {
        Assert.True(Currency.TryParse(code, out var currency));
        return currency;
    }
}
