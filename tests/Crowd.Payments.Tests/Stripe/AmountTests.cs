using Crowd.Domain;

namespace Crowd.Payments.Tests.Stripe;

public class AmountTests
{
    [Theory]
    [InlineData("USD", 12_340_000, 1_234)]
    [InlineData("EUR", 10_000, 1)]
    [InlineData("JPY", 500_000_000, 500)]
    [InlineData("KRW", 1_000_000, 1)]
    [InlineData("MGA", 7_000_000, 7)]
    [InlineData("ISK", 500_000_000, 50_000)]
    [InlineData("UGX", 3_000_000, 300)]
    [InlineData("KWD", 1_230_000, 1_230)]
    [InlineData("TND", 10_000, 10)]
    [InlineData("HUF", 12_340_000, 1_234)]
    public void An_amount_is_written_as_Stripe_counts_it(string code, long micros, long minor)
    {
        var amount = new Money(micros, Of(code));
        Assert.True(StripeAmounts.TryWrite(amount, out var written));
        Assert.Equal(minor, written);
        Assert.Equal(amount, StripeAmounts.Read(minor, code.ToLowerInvariant()));
    }

    [Theory]
    [InlineData("USD", 15_000)]
    [InlineData("JPY", 1_500_000)]
    [InlineData("MGA", 500_000)]
    [InlineData("ISK", 10_000)]
    [InlineData("UGX", 500_000)]
    [InlineData("KWD", 1_234_000)]
    [InlineData("HUF", 12_345_000)]
    public void What_Stripe_cannot_move_is_not_written(string code, long micros) =>
        Assert.False(StripeAmounts.TryWrite(new(micros, Of(code)), out _));

    [Fact]
    public void Every_currency_comes_back_as_it_was_written()
    {
        foreach (var code in from a in Enumerable.Range('A', 26) from b in Enumerable.Range('A', 26) from c in Enumerable.Range('A', 26) select $"{(char)a}{(char)b}{(char)c}")
        {
            if (!Currency.TryParse(code, out var currency))
                continue;
            var amount = new Money(37 * StripeAmounts.StepMicros(currency), currency);
            Assert.True(StripeAmounts.TryWrite(amount, out var minor));
            Assert.Equal(amount, StripeAmounts.Read(minor, StripeAmounts.Code(currency)));
        }
    }

    [Fact]
    public void A_currency_that_is_none_is_a_format_error() => Assert.Throws<FormatException>(() => StripeAmounts.Read(1, "euro"));

    private static Currency Of(string code) => Currency.TryParse(code, out var currency) ? currency : throw new InvalidOperationException(code);
}
