package io.flashcall.engine.trunk.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AliasChainTest {

    private static final Record ADDRESS = new ARecord(name("end"), DClass.IN, 30, InetAddress.ofLiteral("192.0.2.1"));

    private final AliasChain chain = new AliasChain(name("asked"));

    @Test
    void it_is_followed_however_the_answer_is_ordered() {
        var answer = List.of(ADDRESS, alias("middle", 20, "end"), alias("asked", 10, "middle"));
        assertThat(chain.follow(answer, Type.A)).containsExactly(ADDRESS);
        assertThat(chain.length()).isEqualTo(2);
        assertThat(chain.timeToLive()).as("the shortest of all").isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void it_goes_on_in_the_next_answer() {
        assertThat(chain.follow(List.of(alias("asked", 10, "end")), Type.A)).isEmpty();
        assertThat(chain.end()).isEqualTo(name("end"));
        assertThat(chain.follow(List.of(ADDRESS), Type.A)).containsExactly(ADDRESS);
        assertThat(chain.timeToLive()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void records_of_other_names_are_not_on_it() {
        assertThat(chain.follow(List.of(ADDRESS, alias("other", 1, "end")), Type.A))
                .isEmpty();
        assertThat(chain.end()).isEqualTo(name("asked"));
    }

    @Test
    void a_circle_ends() {
        assertThat(chain.follow(List.of(alias("asked", 10, "b"), alias("b", 10, "asked")), Type.A))
                .isEmpty();
        assertThat(chain.length()).isEqualTo(3);
    }

    private static Record alias(String from, int seconds, String to) {
        return new CNAMERecord(name(from), DClass.IN, seconds, name(to));
    }

    private static Name name(String label) {
        return Name.fromConstantString(label + ".carrier.example.");
    }
}
