using System.Text.Json.Nodes;

namespace Crowd.StandIn;

// Money in: sessions, payments, refunds, disputes.
public sealed partial class StripeStandIn
{
    /// <summary>The customer pays at the session's page.</summary>
    /// <returns>The payment's id.</returns>
    public string Pay(string session)
    {
        lock (_lock)
        {
            var open = Open(session);
            var payment = PaymentOf(open);
            Succeed(payment);
            open["status"] = "complete";
            open["payment_status"] = "paid";
            open["url"] = null;
            Happen("checkout.session.completed", open);
            return Text(payment, "id")!;
        }
    }

    /// <summary>The customer's card is declined; the session stays open.</summary>
    public void Decline(string session, string declineCode = "insufficient_funds")
    {
        lock (_lock)
        {
            var payment = PaymentOf(Open(session));
            payment["last_payment_error"] = new JsonObject
            {
                ["type"] = "card_error",
                ["code"] = "card_declined",
                ["decline_code"] = declineCode,
                ["message"] = "Your card was declined.",
            };
            Happen("payment_intent.payment_failed", payment);
        }
    }

    /// <summary>The session's time is over.</summary>
    public void Expire(string session)
    {
        lock (_lock)
            Expire(Open(session));
    }

    /// <summary>The cardholder disputes a payment; the amount is taken back, and the platform's balance may become negative.</summary>
    /// <param name="amount">In minor units; null for all of it.</param>
    /// <returns>The dispute's id.</returns>
    public string OpenDispute(string payment, long? amount = null)
    {
        lock (_lock)
        {
            var intent = Find("payment_intent", payment);
            var charge = Find("charge", Text(intent, "latest_charge") ?? throw new InvalidOperationException($"{payment} is not paid."));
            if ((bool)charge["disputed"]!)
                throw new InvalidOperationException($"{payment} is disputed already.");
            var dispute = New("dispute", "dp");
            dispute["amount"] = amount ?? Number(charge, "amount") - Number(charge, "amount_refunded");
            dispute["currency"] = Text(charge, "currency");
            dispute["charge"] = Text(charge, "id");
            dispute["payment_intent"] = payment;
            dispute["reason"] = "fraudulent";
            dispute["status"] = "needs_response";
            dispute["metadata"] = new JsonObject();
            charge["disputed"] = true;
            Happen("charge.dispute.created", dispute);
            Enter(StandInBooks.Platform, "adjustment", -Number(dispute, "amount"), Text(dispute, "currency")!, Text(dispute, "id")!);
            Happen("charge.dispute.funds_withdrawn", dispute);
            return Text(dispute, "id")!;
        }
    }

    /// <summary>The bank decides; when the dispute is won, the amount comes back.</summary>
    public void CloseDispute(string id, bool won)
    {
        lock (_lock)
        {
            var dispute = Find("dispute", id);
            if (Text(dispute, "status") is "won" or "lost")
                throw new InvalidOperationException($"{id} is closed.");
            dispute["status"] = won ? "won" : "lost";
            Happen("charge.dispute.closed", dispute);
            if (!won)
                return;
            Enter(StandInBooks.Platform, "adjustment", Number(dispute, "amount"), Text(dispute, "currency")!, id);
            Happen("charge.dispute.funds_reinstated", dispute);
        }
    }

    /// <summary>A refund that was taken for done comes back from the card's bank.</summary>
    public void FailRefund(string id)
    {
        lock (_lock)
        {
            var refund = Find("refund", id);
            if (Text(refund, "status") != "succeeded")
                throw new InvalidOperationException($"{id} did not succeed.");
            refund["status"] = "failed";
            refund["failure_reason"] = "expired_or_canceled_card";
            Enter(StandInBooks.Platform, "refund_failure", Number(refund, "amount"), Text(refund, "currency")!, id);
            Happen("refund.failed", refund);
        }
    }

    private JsonObject CreateSession(StandInForm form)
    {
        form.OneOf("mode", "payment");
        form.Required("success_url");
        var currency = form.Required("line_items[0][price_data][currency]");
        var amount = form.Amount("line_items[0][price_data][unit_amount]") * form.Amount("line_items[0][quantity]");
        form.Required("line_items[0][price_data][product_data][name]");
        var expires = form.Number("expires_at") ?? Now() + 86_400;
        if (expires < Now() + 1_800 - 60 || expires > Now() + 86_400)
            throw StandInError.Invalid(null, "The expires_at timestamp must be between 30 minutes and 24 hours from now.", "expires_at");
        var paymentMetadata = form.Map("payment_intent_data[metadata]");
        var methods = form.List("payment_method_types");
        form.Flag("adaptive_pricing[enabled]");
        var metadata = form.Map("metadata");
        var (reference, cancel, email) = (form.Text("client_reference_id"), form.Text("cancel_url"), form.Text("customer_email"));
        var success = form.Text("success_url");
        form.RefuseRest();

        var session = New("checkout.session", "cs_test");
        session["mode"] = "payment";
        session["status"] = "open";
        session["payment_status"] = "unpaid";
        session["payment_intent"] = null;
        session["client_reference_id"] = reference;
        session["success_url"] = success;
        session["cancel_url"] = cancel;
        session["customer_email"] = email;
        session["amount_subtotal"] = amount;
        session["amount_total"] = amount;
        session["currency"] = currency;
        session["expires_at"] = expires;
        session["metadata"] = metadata;
        session["payment_method_types"] = new JsonArray([.. (methods.Count > 0 ? methods : ["card"]).Select(m => (JsonNode)m)]);
        session["url"] = $"https://checkout.stripe.com/c/pay/{Text(session, "id")}";
        _paymentMetadata[Text(session, "id")!] = paymentMetadata;
        return session;
    }

    // Only what a test card that always pays needs.
    private JsonObject CreatePayment(StandInForm form)
    {
        var amount = form.Amount("amount");
        var currency = form.Required("currency");
        form.OneOf("payment_method", "pm_card_visa");
        form.OneOf("confirm", "true");
        form.Flag("automatic_payment_methods[enabled]");
        form.Text("automatic_payment_methods[allow_redirects]");
        var metadata = form.Map("metadata");
        form.RefuseRest();
        var payment = NewPayment(amount, currency, metadata);
        Succeed(payment);
        return payment;
    }

    private void Succeed(JsonObject payment)
    {
        var amount = Number(payment, "amount");
        var currency = Text(payment, "currency")!;
        var charge = New("charge", "ch");
        charge["amount"] = amount;
        charge["amount_refunded"] = 0L;
        charge["currency"] = currency;
        charge["payment_intent"] = Text(payment, "id");
        charge["disputed"] = false;
        charge["status"] = "succeeded";
        charge["metadata"] = payment["metadata"]!.DeepClone();
        var fee = ((amount * _options.FeeBasisPoints) + 9_999) / 10_000;
        charge["balance_transaction"] = Enter(StandInBooks.Platform, "charge", amount, currency, Text(charge, "id")!, fee);
        payment["status"] = "succeeded";
        payment["amount_received"] = amount;
        payment["latest_charge"] = Text(charge, "id");
        payment["last_payment_error"] = null;
        Happen("charge.succeeded", charge);
        Happen("payment_intent.succeeded", payment);
    }

    private JsonObject ExpireSession(StandInForm form, string id)
    {
        form.RefuseRest();
        var session = Find("checkout.session", id);
        if (Text(session, "status") != "open")
            throw StandInError.Refused("resource_unexpected_state", $"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `{Text(session, "status")}`.");
        Expire(session);
        return session;
    }

    private void Expire(JsonObject session)
    {
        session["status"] = "expired";
        session["url"] = null;
        Happen("checkout.session.expired", session);
    }

    private JsonObject CreateRefund(StandInForm form)
    {
        var payment = Find("payment_intent", form.Required("payment_intent"));
        var wanted = form.Text("amount") is null ? (long?)null : form.Amount("amount");
        var reason = form.Text("reason");
        var metadata = form.Map("metadata");
        form.RefuseRest();
        if (Text(payment, "status") != "succeeded")
            throw StandInError.Refused("charge_not_refundable", $"This PaymentIntent ({Text(payment, "id")}) does not have a successful charge to refund.");
        var charge = Find("charge", Text(payment, "latest_charge")!);
        var left = Number(charge, "amount") - Number(charge, "amount_refunded");
        var currency = Text(charge, "currency")!;
        var amount = wanted ?? left;
        if ((bool)charge["disputed"]!)
            throw StandInError.Refused("charge_disputed", $"Charge {Text(charge, "id")} has been charged back; cannot issue a refund.");
        if (left == 0)
            throw StandInError.Refused("charge_already_refunded", $"Charge {Text(charge, "id")} has already been refunded.");
        if (amount > left)
            throw StandInError.Refused("amount_too_large", $"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", "amount");
        if (Books.Balance(StandInBooks.Platform, currency) < amount)
            throw StandInError.Refused("balance_insufficient", "Insufficient funds in your Stripe balance to refund this amount.");

        var refund = New("refund", "re");
        refund["amount"] = amount;
        refund["currency"] = currency;
        refund["charge"] = Text(charge, "id");
        refund["payment_intent"] = Text(payment, "id");
        refund["reason"] = reason;
        refund["status"] = "succeeded";
        refund["metadata"] = metadata;
        refund["balance_transaction"] = Enter(StandInBooks.Platform, "refund", -amount, currency, Text(refund, "id")!);
        charge["amount_refunded"] = Number(charge, "amount_refunded") + amount;
        charge["refunded"] = Number(charge, "amount_refunded") == Number(charge, "amount");
        Happen("refund.created", refund);
        Happen("charge.refunded", charge);
        return refund;
    }

    private JsonObject ListRefunds(StandInForm form)
    {
        var payment = form.Text("payment_intent");
        return Page(_objects.Values.Where(o => Text(o, "object") == "refund" && (payment is null || Text(o, "payment_intent") == payment)).Reverse(), form, "/v1/refunds");
    }

    private JsonObject Open(string session)
    {
        var found = Find("checkout.session", session);
        return Text(found, "status") == "open" ? found : throw new InvalidOperationException($"{session} is {Text(found, "status")}.");
    }

    // The payment comes into being with the first attempt to pay, as at Stripe.
    private JsonObject PaymentOf(JsonObject session)
    {
        if (Text(session, "payment_intent") is { } known)
            return Find("payment_intent", known);
        var payment = NewPayment(Number(session, "amount_total"), Text(session, "currency")!, (JsonObject)_paymentMetadata[Text(session, "id")!].DeepClone());
        session["payment_intent"] = Text(payment, "id");
        return payment;
    }

    private JsonObject NewPayment(long amount, string currency, JsonObject metadata)
    {
        var payment = New("payment_intent", "pi");
        payment["amount"] = amount;
        payment["amount_received"] = 0L;
        payment["currency"] = currency;
        payment["status"] = "requires_payment_method";
        payment["latest_charge"] = null;
        payment["last_payment_error"] = null;
        payment["metadata"] = metadata;
        return payment;
    }

    private readonly Dictionary<string, JsonObject> _paymentMetadata = new(StringComparer.Ordinal);
}
